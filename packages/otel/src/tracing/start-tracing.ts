import { context, createContextKey, ROOT_CONTEXT, type TracerProvider } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import type { TelemetryConfig } from '@throughline/core'
import { slot } from '@throughline/core/binding'
import { CapturedMeasurements } from '../capture/captured-measurements.js'
import { SCOPE } from '../instrumentation-scope.js'
import { registered } from './api-registry.js'
import { currentSpanKeys } from './context-attributes.js'
import { ForeignTracing } from './foreign-tracing.js'
import { FrameContextManager } from './frame-context-manager.js'
import { frameTrace } from './line-trace.js'
import { registerOwnProvider } from './own-provider.js'
import { OwnTracing } from './own-tracing.js'
import { UnitSampler } from './sampling.js'
import { learnSpanKey } from './span-key.js'
import { TraceIds } from './trace-ids.js'
import type { UnitMeasurements } from './unit-measurements.js'

/** Tracing in force, and how it is taken down. */
export interface RunningTracing {
  /** Another set-up's provider makes the spans. */
  readonly foreign: boolean
  /**
   * Whether the API carries contexts. Where it does not, what an exporter sends cannot be told from what the
   * application sends: to instrument both would export without end.
   */
  readonly carriesContext: boolean
  shutdown(): Promise<void>
}

/** Whether another set-up has registered a tracer provider, by any version of the API and of the SDK (R8.4). */
export function hasForeignProvider(): boolean {
  return registered().trace !== undefined
}

/**
 * Puts tracing into core's slot: under a provider of our own, or under one that is registered already.
 *
 * All in one turn: a set-up that registers itself comes before it or after it, not in between.
 *
 * @param processors of the provider's own, made only if it is
 */
export function startTracing(
  config: TelemetryConfig,
  resource: () => Resource,
  processors: () => readonly SpanProcessor[],
  ownMeasurements: UnitMeasurements | undefined,
): RunningTracing {
  slot.captures?.giveWay()
  slot.spanKey = learnSpanKey()
  const manager = placeManager()
  const settings = { spanKeys: currentSpanKeys, measurements: new CapturedMeasurements(ownMeasurements) }
  slot.activeTrace = frameTrace
  const carriesContext = apiCarriesContext()
  const foreign = registered().trace
  if (foreign !== undefined) {
    const parts = { tracer: tracerOf(foreign), ids: new TraceIds(), sampler: new UnitSampler(config) }
    slot.tracing = new ForeignTracing({ ...settings, ...parts, foreignManager: manager.foreign })
    return { foreign: true, carriesContext, shutdown: async () => manager.remove() }
  }
  const own = registerOwnProvider(config, resource(), currentSpanKeys, processors())
  const parts = { ...own, ...settings, tracer: tracerOf(own.provider) }
  slot.tracing = manager.foreign
    ? new ForeignTracing({ ...parts, foreignManager: true })
    : new OwnTracing(parts)
  if (!own.registered || !carriesContext) sayRefused()
  return {
    foreign: false,
    carriesContext,
    async shutdown() {
      manager.remove()
      await own.shutdown()
    },
  }
}

export interface PlacedManager {
  /** Another set-up's is in force. */
  readonly foreign: boolean
  remove(): void
}

/** Puts the context manager over core's storage in force, where there is no other. */
export function placeManager(): PlacedManager {
  // Not tried where there is one: the API would complain to the application's diagnostics.
  if (registered().context !== undefined) return { foreign: true, remove() {} }
  const manager = new FrameContextManager()
  context.setGlobalContextManager(manager)
  return {
    foreign: false,
    remove() {
      // Whoever has put another one in its place since keeps it.
      if (registered().context === manager) context.disable()
    },
  }
}

const PROBE = createContextKey('throughline.probe')

/** Not so where another version of the API was loaded first: it takes no manager of ours, or hides an older one. */
function apiCarriesContext(): boolean {
  return context.with(ROOT_CONTEXT.setValue(PROBE, true), () => context.active().getValue(PROBE) === true)
}

function tracerOf(provider: TracerProvider) {
  return provider.getTracer(SCOPE.name, SCOPE.version)
}

/** Our own units are traced all the same: neither provider nor manager is reached through the API for them. */
function sayRefused(): void {
  slot.runtime?.insist('otel_api_conflict', {
    hint: 'another version of @opentelemetry/api was loaded first, so spans of other libraries are lost: install one version',
  })
}
