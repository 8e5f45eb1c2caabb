import type { Reply } from '../client/api-client.js'
import { paint } from '../print/paint.js'
import { print } from '../print/print.js'
import type { LogBook } from '../stage/log-book.js'
import { detailsOf } from './line-details.js'

const LONGEST_ID = 12

/** Prints how the service answered: status, ids as sent and as returned, and the request's own line. */
export function printReplies(replies: readonly Reply[], log: LogBook): void {
  print(`\n${paint.bold('Calls that go wrong')}`, paint.dim('X-Request-ID sent → returned'), '\n')
  for (const reply of replies) {
    const { request, status, sentId, requestId } = reply
    const failed = log.ofRequest(requestId ?? '').find(({ event }) => event === 'request_failed')
    const ids = `${shown(sentId ?? '').padEnd(LONGEST_ID + 1)} → ${requestId === sentId ? 'same' : paint.id(requestId ?? 'none')}`
    print(`  ${(status < 500 ? String : paint.bad)(String(status))}  ${request.padEnd(30)} ${ids}`)
    if (failed)
      print(
        paint.dim(
          `       ${failed.event}  ${String(failed.fields['exception.type'])}: ${String(failed.fields['exception.message'])}`,
        ),
      )
  }
}

/** Never raw: one of them holds a terminal escape. */
function shown(id: string): string {
  const safe = JSON.stringify(id)
    .slice(1, -1)
    .replace(/[\x7f-\x9f]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`)
  return safe.length > LONGEST_ID ? `${safe.slice(0, LONGEST_ID)}…` : safe
}
