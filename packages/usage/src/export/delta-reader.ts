import { AggregationTemporality, MetricReader } from '@opentelemetry/sdk-metrics'
import { bare } from '../bare.js'

/** Combinations of attributes between two exports; further ones are counted together, as `otel.metric.overflow`. */
const MOST_POINTS = 1_000

/**
 * Collects when it is asked to.
 *
 * Delta, for a collector cannot tell one user's process from another's: totals of each would replace each other.
 * The SDK's own periodic reader reports failures to the error handler and the logger of the application.
 */
export class DeltaReader extends MetricReader {
  constructor() {
    super(
      bare({
        aggregationTemporalitySelector: () => AggregationTemporality.DELTA,
        cardinalitySelector: () => MOST_POINTS,
      }),
    )
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}
