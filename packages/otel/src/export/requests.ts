import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { countDataPoints } from '../otlp/metrics-encoder.js'

/** How requests of one kind wait for their turn. */
export interface Requests<Request> {
  /** How many items a request has. */
  count(request: Request): number
  /** Takes what is to be sent next from the front of what waits, with up to that many items. */
  take(waiting: Request[], batchSize: number): Request | undefined
  /** How many may wait; the oldest goes first. */
  readonly mostWaiting: number
}

/** Spans and records: their queues bound them already, and several small batches go as one. */
export function batches<Item>(): Requests<Item[]> {
  return {
    count: ({ length }) => length,
    take(waiting, batchSize) {
      const first = waiting.shift()
      if (first === undefined || waiting.length === 0) return first
      const batch = [...first]
      while (batch.length + (waiting[0]?.length ?? Infinity) <= batchSize)
        batch.push(...(waiting.shift() as Item[]))
      return batch
    },
    mostWaiting: Infinity,
  }
}

/** Metrics: a newer request says what an older one said. */
export function collections(): Requests<ResourceMetrics> {
  return { count: countDataPoints, take: (waiting) => waiting.shift(), mostWaiting: 1 }
}
