import type { LogRecord, LogSink } from '../logger/log-record.js'

/** What is written while OpenTelemetry loads is kept up to here (R1.1). */
const MOST_RECORDS = 1_000

/** Keeps records until the sink that they are for is there. */
export class PendingRecords implements LogSink {
  /** Records beyond the bound. */
  dropped = 0
  readonly #records: LogRecord[] = []

  write(record: LogRecord): void {
    if (this.#records.length < MOST_RECORDS) this.#records.push(record)
    else this.dropped++
  }

  /** Hands everything over, in order. */
  giveTo(sink: LogSink): void {
    for (const record of this.#records.splice(0)) sink.write(record)
  }
}
