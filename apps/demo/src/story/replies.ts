import type { Reply } from '../client/api-client.js'
import { paint } from '../print/paint.js'
import { print } from '../print/print.js'
import type { LogBook } from '../stage/log-book.js'

const LONGEST_ID = 12

/** Prints how the service answered: status, ids as sent and as returned, and the line of a request that broke. */
export function printReplies(replies: readonly Reply[], log: LogBook): void {
  print(`\n${paint.bold('Calls that go wrong'.padEnd(37))}${paint.dim('X-Request-ID: sent → returned')}\n`)
  for (const { request, status, sentId = '', requestId } of replies) {
    const returned = requestId === sentId ? 'same' : paint.id(requestId ?? 'none')
    const code = (status < 500 ? String : paint.bad)(String(status))
    print(`  ${code}  ${request.padEnd(30)} ${shown(sentId).padEnd(LONGEST_ID + 1)} → ${returned}`)
    const failed = log.ofRequest(requestId ?? '').find(({ event }) => event === 'request_failed')
    if (failed !== undefined) {
      const { 'exception.type': type, 'exception.message': message } = failed.fields
      print(paint.dim(`       request_failed  ${String(type)}: ${String(message)}`))
    }
  }
}

/** Never raw: one of them holds a terminal escape. */
function shown(id: string): string {
  const safe = JSON.stringify(id)
    .slice(1, -1)
    .replace(/[\x7f-\x9f]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`)
  return safe.length > LONGEST_ID ? `${safe.slice(0, LONGEST_ID)}…` : safe
}
