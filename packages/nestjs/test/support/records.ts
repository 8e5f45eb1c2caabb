import type { LogRecord, LogSink } from '@throughline/core'

/** Keeps every record that reaches a sink. */
export class Records implements LogSink {
  readonly level = 'trace'
  readonly all: LogRecord[] = []

  write(record: LogRecord): void {
    this.all.push(record)
  }

  /** The records of the application's own loggers. */
  get own(): LogRecord[] {
    return this.all.filter(({ logger }) => logger === 'app')
  }

  get completions(): LogRecord[] {
    return this.all.filter(({ event }) => event === 'request_completed' || event === 'request_failed')
  }

  of(requestId: string): LogRecord[] {
    return this.all.filter(({ context }) => context['request.id'] === requestId)
  }

  /** Waits for as many records as match, far longer than it takes. */
  async until(matches: (record: LogRecord) => boolean, count = 1): Promise<LogRecord[]> {
    const deadline = Date.now() + 4_000
    for (;;) {
      const found = this.all.filter(matches)
      if (found.length >= count) return found
      if (Date.now() > deadline) throw new Error(`only ${found.length} of ${count} records came`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  /** The completion line of a request, which is written a moment after its response. */
  async completion(requestId: string): Promise<LogRecord> {
    const [line] = await this.until(
      ({ event, context }) =>
        (event === 'request_completed' || event === 'request_failed') && context['request.id'] === requestId,
    )
    return line as LogRecord
  }
}

/** A record as it can be compared whole: what differs from run to run is replaced, attributes keep their order. */
export function comparable({ time, attributes, ...record }: LogRecord): object {
  const entries = Object.entries(attributes).map(([key, value]) => {
    if (key === 'duration_ms') return [key, typeof value === 'number' && value >= 0 ? '<ms>' : value]
    if (key === 'exception.stacktrace') return [key, String(value).split('\n')[0]]
    return [key, value]
  })
  return { ...record, time: time > 0 ? '<time>' : time, attributes: entries }
}

/** What a completion line looks like; `attributes` in the order in which they must stand. */
export function completionLine(
  event: 'request_completed' | 'request_failed',
  attributes: Record<string, unknown>,
  context: Record<string, unknown>,
): object {
  return {
    time: '<time>',
    level: event === 'request_failed' ? 'error' : 'info',
    event,
    eventName: `throughline.${event}`,
    logger: 'throughline',
    attributes: Object.entries(attributes).filter(([, value]) => value !== undefined),
    context,
  }
}
