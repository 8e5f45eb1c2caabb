import {
  propagation,
  type TextMapPropagator,
  trace,
  type TracerProvider as ApiProvider,
} from '@opentelemetry/api'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import { type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { TelemetryConfig } from '@throughline/core'
import { CaptureSpanProcessor } from '../capture/capture-span-processor.js'
import { registered } from './api-registry.js'
import { ContextSpanProcessor } from './context-span-processor.js'
import { spanLimits } from './span-limits.js'
import { UnitSampler } from './sampling.js'
import { TraceIds } from './trace-ids.js'

/** The parts of a tracer provider of our own, registered for everybody. */
export interface OwnProvider {
  readonly provider: ApiProvider
  readonly ids: TraceIds
  readonly sampler: UnitSampler
  readonly propagator: TextMapPropagator
  /** False where the API does not take it, because another version of the API was loaded first. */
  readonly registered: boolean
  shutdown(): Promise<void>
}

/** Makes and registers the tracer provider: W3C propagators, the sampler of the environment, the given exporter. */
export function registerOwnProvider(
  config: TelemetryConfig,
  resource: Resource,
  spanKeys: () => readonly string[],
  processors: readonly SpanProcessor[],
): OwnProvider {
  const ids = new TraceIds()
  // Spans that nobody takes are not made; ids and propagation stay.
  const sampler = new UnitSampler(processors.length === 0 ? { ...config, sampler: 'always_off' } : config)
  const propagator = new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  })
  const provider = new TracerProvider({
    resource,
    sampler,
    idGenerator: ids,
    spanLimits: spanLimits(),
    spanProcessors: [new ContextSpanProcessor(spanKeys), ...processors, new CaptureSpanProcessor()],
  })
  const isRegistered = trace.setGlobalTracerProvider(provider)
  const place = registered().trace
  const ownPropagator = registered().propagation === undefined && propagation.setGlobalPropagator(propagator)
  return {
    provider,
    ids,
    sampler,
    propagator,
    registered: isRegistered,
    async shutdown() {
      // Whoever has put another one in its place since keeps it.
      if (isRegistered && registered().trace === place) trace.disable()
      if (ownPropagator && registered().propagation === propagator) propagation.disable()
      await provider.shutdown()
    },
  }
}
