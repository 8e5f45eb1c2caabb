import { runDetached } from '@throughline/core/binding'
import type { ExportedRecord } from '../logs/exported-record.js'
import { BatchQueue } from './batch-queue.js'
import type { Drops } from './drops.js'
import type { LogExporter } from './exporters.js'

/** Takes records on their way to the collector. */
export interface LogProcessor {
  onEmit(record: ExportedRecord): void
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}

/** Batches of our own records, behind a bound that counts; its flush waits until records have arrived. */
export function createLogProcessor(exporter: LogExporter, drops: Drops): LogProcessor {
  return new LogBatches(exporter, drops)
}

class LogBatches implements LogProcessor {
  readonly #queue: BatchQueue<ExportedRecord>
  #batch: ExportedRecord[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly exporter: LogExporter,
    drops: Drops,
  ) {
    this.#queue = new BatchQueue(exporter, drops, (record) => this.#add(record))
    exporter.source = async () => {
      // Batches that are full go first, each in a microtask of its own.
      await Promise.resolve()
      this.#send()
    }
  }

  onEmit(record: ExportedRecord): void {
    this.#queue.push(record)
  }

  forceFlush(): Promise<void> {
    return this.exporter.flush()
  }

  async shutdown(): Promise<void> {
    await this.exporter.flush()
    await this.exporter.shutdown()
  }

  #add(record: ExportedRecord): void {
    this.#batch.push(record)
    const { batchSize, delayMs } = this.exporter.limits
    if (this.#batch.length >= batchSize) {
      const full = this.#take()
      // Encoding is not the business of the line that happens to fill the batch.
      runDetached(() => queueMicrotask(() => this.#export(full)))
    } else if (this.#timer === undefined) {
      this.#timer = runDetached(() => setTimeout(() => this.#send(), delayMs).unref())
    }
  }

  #send(): void {
    if (this.#batch.length > 0) this.#export(this.#take())
  }

  #take(): ExportedRecord[] {
    const batch = this.#batch
    this.#batch = []
    clearTimeout(this.#timer)
    this.#timer = undefined
    return batch
  }

  #export(batch: ExportedRecord[]): void {
    this.exporter.export(batch, ignore)
  }
}

/** What becomes of an export its exporter counts and tells. */
function ignore(): void {}
