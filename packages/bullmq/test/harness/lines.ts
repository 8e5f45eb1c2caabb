import { addSink } from '@throughline/core/binding'
import type { ContextFields, LogRecord } from '@throughline/core'

/** Everything that is logged while it is open, and a way to wait for a line without a clock. */
export class Lines {
  readonly all: LogRecord[] = []
  readonly #waiting = new Set<() => void>()
  readonly stop: () => void

  constructor() {
    this.stop = addSink({
      level: 'trace',
      write: (record) => {
        this.all.push(record)
        for (const check of this.#waiting) check()
      },
    })
  }

  of(event: string, context: ContextFields = {}): LogRecord[] {
    const wanted = Object.entries(context)
    return this.all.filter(
      (record) => record.event === event && wanted.every(([key, value]) => record.context[key] === value),
    )
  }

  /** Settles when that many lines of the event have been written. */
  async until(event: string, count = 1, context: ContextFields = {}): Promise<LogRecord[]> {
    await this.untilTrue(() => this.of(event, context).length >= count)
    return this.of(event, context)
  }

  untilTrue(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition()) return
        this.#waiting.delete(check)
        resolve()
      }
      this.#waiting.add(check)
      check()
    })
  }
}

/** A record without what differs from run to run. */
export function shape(record: LogRecord | undefined): object {
  if (record === undefined) return {}
  const { time, attributes, context, ...rest } = record
  const steady: Record<string, unknown> = { ...attributes }
  if ('duration_ms' in steady) steady['duration_ms'] = typeof steady['duration_ms']
  if ('exception.stacktrace' in steady) steady['exception.stacktrace'] = typeof steady['exception.stacktrace']
  return { time: typeof time, ...rest, attributes: steady, context: { ...context } }
}

/** One of Throughline's own lines about a job, as `shape` shows it. */
export function ownLine(
  level: string,
  event: string,
  context: ContextFields,
  attributes: object = {},
): object {
  return {
    time: 'number',
    level,
    event,
    eventName: `throughline.${event}`,
    logger: 'throughline',
    attributes,
    context,
  }
}
