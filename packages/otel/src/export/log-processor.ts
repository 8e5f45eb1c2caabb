import {
  BatchLogRecordProcessor,
  type LogRecordProcessor,
  type ReadableLogRecord,
  type ReadWriteLogRecord,
} from '@opentelemetry/sdk-logs'
import { BatchQueue } from './batch-queue.js'
import type { Drops } from './drops.js'
import type { LogExporter } from './exporters.js'

/** Takes records of the SDK's and of our own alike: a batch processor only keeps and hands them on. */
export interface LogProcessor extends LogRecordProcessor {
  onEmit(record: ReadableLogRecord): void
}

/** The official batch processor behind a bound that counts; its flush waits until records have arrived. */
export function createLogProcessor(exporter: LogExporter, drops: Drops): LogProcessor {
  return new LogBatches(exporter, drops)
}

class LogBatches implements LogProcessor {
  readonly #inner: BatchLogRecordProcessor
  readonly #queue: BatchQueue<ReadableLogRecord>

  constructor(
    private readonly exporter: LogExporter,
    drops: Drops,
  ) {
    const { limits } = exporter
    const inner = new BatchLogRecordProcessor({
      exporter,
      maxQueueSize: BatchQueue.limitOf(exporter),
      maxExportBatchSize: limits.batchSize,
      scheduledDelayMillis: limits.delayMs,
      exportTimeoutMillis: limits.timeoutMs,
    })
    this.#inner = inner
    this.#queue = new BatchQueue(exporter, drops, (record) => inner.onEmit(record as ReadWriteLogRecord))
    exporter.source = () => inner.forceFlush()
  }

  onEmit(record: ReadableLogRecord): void {
    this.#queue.push(record)
  }

  forceFlush(): Promise<void> {
    return this.exporter.flush()
  }

  async shutdown(): Promise<void> {
    await this.exporter.flush()
    await this.#inner.shutdown()
  }
}
