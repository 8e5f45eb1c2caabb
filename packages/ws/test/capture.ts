import { initTelemetry, type LogRecord } from '@throughline/core'
import { addSink } from '@throughline/core/binding'

process.env['LOG_LEVEL'] = 'fatal'
process.env['LOG_FORMAT'] = 'json'
// Without the lines that a failed message would replay on the console.
initTelemetry({ log: { recorder: false } })

/** A record without what differs from run to run. */
export type Line = Pick<LogRecord, 'level' | 'event' | 'logger' | 'attributes' | 'context'>

/** Every record of the process, at all levels, until `stop`. */
export class Capture {
  readonly lines: Line[] = []
  /** Where each of them stands in a trace. */
  readonly traces: Record<'traceId' | 'spanId' | 'traceFlags', string | number | undefined>[] = []
  #waiting: (() => void)[] = []
  readonly stop: () => void

  constructor() {
    this.stop = addSink({
      level: 'trace',
      write: ({ level, event, logger, ...record }) => {
        const [attributes, context] = [{ ...record.attributes }, { ...record.context }]
        const { traceId, spanId, traceFlags } = record
        this.traces.push({ traceId, spanId, traceFlags })
        this.lines.push({ level, event, ...(logger !== undefined && { logger }), attributes, context })
        for (const check of this.#waiting) check()
      },
    })
  }

  named(event: string): Line[] {
    return this.lines.filter((line) => line.event === event)
  }

  /** Settles once there are `count` lines of that event. */
  async until(event: string, count = 1): Promise<Line[]> {
    if (this.named(event).length < count) {
      await new Promise<void>((resolve) => {
        const check = (): void => {
          if (this.named(event).length < count) return
          this.#waiting = this.#waiting.filter((other) => other !== check)
          resolve()
        }
        this.#waiting.push(check)
      })
    }
    return this.named(event)
  }
}
