import type { TextMapPropagator, Tracer } from '@opentelemetry/api'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { SamplingDecision, type SamplingResult, TracerProvider } from '@opentelemetry/sdk-trace'
import { addSink, type Captures, type Collector, slot, type Tracing } from '@throughline/core/binding'
import { SCOPE } from '../instrumentation-scope.js'
import { currentSpanKeys } from '../tracing/context-attributes.js'
import { ContextSpanProcessor } from '../tracing/context-span-processor.js'
import { ForeignTracing } from '../tracing/foreign-tracing.js'
import { frameTrace } from '../tracing/line-trace.js'
import { OwnTracing } from '../tracing/own-tracing.js'
import { UnitSampler } from '../tracing/sampling.js'
import { learnSpanKey } from '../tracing/span-key.js'
import { spanLimits } from '../tracing/span-limits.js'
import { TraceIds } from '../tracing/trace-ids.js'
import { placeGlobals } from './api-globals.js'
import { CaptureSpanProcessor } from './capture-span-processor.js'
import { CapturedMeasurements } from './captured-measurements.js'
import { createSpanEventSink } from './span-events.js'

/**
 * Makes spans for captures while OpenTelemetry is off: every unit has one, whatever the sampling ratio.
 *
 * Its provider lasts as long as the process: tracers that a program has taken from it are kept by that program, and
 * are of use to the next capture.
 */
export class StandIn implements Captures {
  readonly collectors = new Set<Collector>()
  readonly #ids = new TraceIds()
  readonly #sampler = new CaptureSampler(this.collectors)
  readonly #propagator: TextMapPropagator = new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  })
  readonly #provider = new TracerProvider({
    sampler: this.#sampler,
    idGenerator: this.#ids,
    spanLimits: spanLimits(),
    spanProcessors: [new ContextSpanProcessor(currentSpanKeys), new CaptureSpanProcessor()],
  })
  #remove: (() => void) | undefined

  open(collector: Collector): () => void {
    this.collectors.add(collector)
    this.#place()
    return () => {
      this.collectors.delete(collector)
      if (this.collectors.size === 0) this.#clear()
    }
  }

  giveWay(): void {
    this.#clear()
  }

  resume(): void {
    this.#clear()
    this.#place()
  }

  #place(): void {
    if (this.collectors.size === 0 || slot.tracing !== undefined) return
    const { activeTrace } = slot
    const globals = placeGlobals(this.#provider, this.#propagator)
    const removeSink = addSink(createSpanEventSink(['*']))
    const tracing = this.#createTracing(globals.foreignManager)
    slot.spanKey = learnSpanKey()
    slot.tracing = tracing
    slot.activeTrace = frameTrace
    this.#remove = () => {
      globals.remove()
      removeSink()
      if (slot.tracing !== tracing) return
      slot.tracing = undefined
      slot.activeTrace = activeTrace
    }
  }

  #clear(): void {
    this.#remove?.()
    this.#remove = undefined
  }

  #createTracing(foreignManager: boolean): Tracing {
    const tracer: Tracer = this.#provider.getTracer(SCOPE.name, SCOPE.version)
    const settings = { spanKeys: currentSpanKeys, measurements: new CapturedMeasurements(undefined) }
    const parts = { ...settings, tracer, ids: this.#ids, sampler: this.#sampler }
    return foreignManager
      ? new ForeignTracing({ ...parts, foreignManager })
      : new OwnTracing({ ...parts, propagator: this.#propagator })
  }
}

/** Everything is sampled for a capture, and nothing where there is none. */
class CaptureSampler extends UnitSampler {
  constructor(private readonly collectors: ReadonlySet<Collector>) {
    super({ sampler: 'always_on', sampleRatio: 1 })
  }

  override shouldSample(...span: Parameters<UnitSampler['shouldSample']>): SamplingResult {
    if (this.collectors.size === 0) return { decision: SamplingDecision.NOT_RECORD }
    return super.shouldSample(...span)
  }
}
