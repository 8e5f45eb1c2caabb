import { defaultDbStatementSerializer } from '@opentelemetry/redis-common'

type Argument = string | Buffer | number | unknown[]

/** Commands whose arguments are a script, a number of keys, the keys, then values. */
const SCRIPT = /^(?:eval|evalsha|fcall)(?:_ro)?$/i

/**
 * How many arguments of other commands are no values, where the official serializer shows more: members of sets are
 * written by one command and looked for by another, and may be tokens of sessions.
 */
const SHOWN: ReadonlyMap<string, number> = new Map([
  ['bitfield', 1],
  ['function', 1],
  ['geoadd', 1],
  ['geodist', 1],
  ['geohash', 1],
  ['geopos', 1],
  ['geosearch', 1],
  ['lrem', 2],
  ['ping', 0],
  ['script', 1],
  ['sismember', 1],
  ['smismember', 1],
  ['smove', 2],
  ['srem', 1],
  ['zincrby', 2],
  ['zlexcount', 1],
  ['zmscore', 1],
  ['zrangebylex', 1],
  ['zrank', 1],
  ['zrem', 1],
  ['zremrangebylex', 1],
  ['zrevrangebylex', 1],
  ['zrevrank', 1],
  ['zscore', 1],
])

/**
 * A Redis command as `db.query.text` shows it: its name and keys, not the values that are written.
 *
 * The official serializer shows scripts with all their arguments, here they end with their keys, and members of sets.
 */
export function redisStatement(name: string | Buffer, args: Argument[]): string {
  const command = String(name)
  const most = SHOWN.get(command.toLowerCase())
  if (most !== undefined) return statement([command, ...args.slice(0, most)], args.length - most)
  if (!SCRIPT.test(command)) return defaultDbStatementSerializer(command, args)
  const [script, count] = args
  const keys = args.slice(2, 2 + Math.max(0, Number(count) || 0))
  const shown = [command, /^eval(?:_ro)?$/i.test(command) ? '[script]' : script, count, ...keys]
  return statement(shown, args.length - 2 - keys.length)
}

function statement(shown: readonly (Argument | undefined)[], left: number): string {
  return `${shown.join(' ')}${left > 0 ? ` [${left} other arguments]` : ''}`
}
