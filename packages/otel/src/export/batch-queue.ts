import { runDetached } from '@throughline/core/binding'
import type { Drops } from './drops.js'
import type { SignalExporter } from './signal-exporter.js'

/**
 * The way into an official batch processor: bounded, counted, and outside the request that happens to start its timer.
 *
 * The bound covers what waits and the batch that is on its way. The processor gets the same, so it never drops by
 * itself, which it would do in silence.
 */
export class BatchQueue<Item> {
  /** What the processor may hold. */
  static limitOf<Item>({ limits }: SignalExporter<Item[]>): number {
    return limits.queueSize + limits.batchSize
  }

  readonly #limit: number
  readonly #batchSize: number

  constructor(
    private readonly exporter: SignalExporter<Item[]>,
    private readonly drops: Drops,
    private readonly add: (item: Item) => void,
  ) {
    this.#limit = BatchQueue.limitOf(exporter)
    this.#batchSize = exporter.limits.batchSize
  }

  push(item: Item): void {
    const { exporter } = this
    if (exporter.isStopped || exporter.open >= this.#limit) {
      this.#refuse()
      return
    }
    exporter.open++
    const queued = ++exporter.queued
    // The first item starts the timer, the one that fills the batch sends it: both would keep this request's context.
    if (queued === 1 || queued === this.#batchSize) runDetached(() => this.add(item))
    else this.add(item)
  }

  #refuse(): void {
    const { exporter, drops } = this
    drops.add(exporter.signal, exporter.isStopped ? 'shutdown' : 'queue_full', 1)
    if (!exporter.isStopped) exporter.overflowed()
  }
}
