import { defaultDbStatementSerializer } from '@opentelemetry/redis-common'

type Argument = string | Buffer | number | unknown[]

/** Commands whose arguments are a script, a number of keys, the keys, then values. */
const SCRIPT = /^(?:eval|evalsha|fcall)(?:_ro)?$/i

/**
 * A Redis command as `db.query.text` shows it: its name and keys, not the values that are written.
 *
 * The official serializer shows scripts with all their arguments; here they end with their keys.
 */
export function redisStatement(name: string | Buffer, args: Argument[]): string {
  const command = String(name)
  if (!SCRIPT.test(command)) return defaultDbStatementSerializer(command, args)
  const [script, count] = args
  const keys = args.slice(2, 2 + Math.max(0, Number(count) || 0))
  const left = args.length - 2 - keys.length
  const shown = [command, /^eval(?:_ro)?$/i.test(command) ? '[script]' : script, count, ...keys]
  return `${shown.join(' ')}${left > 0 ? ` [${left} other arguments]` : ''}`
}
