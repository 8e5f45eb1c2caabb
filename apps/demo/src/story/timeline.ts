import type { ContextFields } from '@throughline/core'
import type { Reply } from '../client/api-client.js'
import { paint } from '../print/paint.js'
import { print } from '../print/print.js'
import type { LogLine } from '../stage/log-book.js'
import { detailsOf } from './line-details.js'

const LEVEL_PAINT: Record<string, (text: string) => string> = { error: paint.bad, debug: paint.dim }

/** Prints the lines of one request, in order of time across the processes. */
export function printTimeline(reply: Reply, context: ContextFields, lines: readonly LogLine[]): void {
  print(`\n${paint.bold(reply.request)}  ${paint.dim('X-Request-ID:')} ${paint.id(reply.sentId ?? '')}\n`)
  const start = lines[0]?.time ?? 0
  for (const line of lines) {
    const { process, time, level, event } = line
    print(
      paint.dim(`  +${String(time - start).padStart(3)} ms`),
      paint[process](process.padEnd(6)),
      (LEVEL_PAINT[level] ?? String)(level.padEnd(5)),
      paint.bold(event.padEnd(17)),
      detailsOf(line),
    )
  }
  print(`\n  ${paint.dim('on every line:')} ${contextText(context)}`)
}

function contextText(context: ContextFields): string {
  return Object.entries(context)
    .map(([key, value]) => `${key}=${paint.id(String(value))}`)
    .join(' ')
}
