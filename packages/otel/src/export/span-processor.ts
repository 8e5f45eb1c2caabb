import { TraceFlags } from '@opentelemetry/api'
import { BatchSpanProcessor, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace'
import { BatchQueue } from './batch-queue.js'
import type { Drops } from './drops.js'
import type { SpanExporter } from './exporters.js'

/** The official batch processor behind a bound that counts; its flush waits until spans have arrived. */
export function createSpanProcessor(exporter: SpanExporter, drops: Drops): SpanProcessor {
  return new SpanBatches(exporter, drops)
}

class SpanBatches implements SpanProcessor {
  readonly #inner: BatchSpanProcessor
  readonly #queue: BatchQueue<ReadableSpan>

  constructor(
    private readonly exporter: SpanExporter,
    drops: Drops,
  ) {
    const { limits } = exporter
    const inner = new BatchSpanProcessor({
      exporter,
      maxQueueSize: BatchQueue.limitOf(exporter),
      maxExportBatchSize: limits.batchSize,
      scheduledDelayMillis: limits.delayMs,
      exportTimeoutMillis: limits.timeoutMs,
    })
    this.#inner = inner
    this.#queue = new BatchQueue(exporter, drops, (span) => inner.onEnd(span))
    exporter.source = () => inner.forceFlush()
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) this.#queue.push(span)
  }

  forceFlush(): Promise<void> {
    return this.exporter.flush()
  }

  async shutdown(): Promise<void> {
    await this.exporter.flush()
    await this.#inner.shutdown()
  }
}
