import { context, ProxyTracerProvider, trace } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'
import type { TelemetryConfig } from '@throughline/core'
import { slot } from '@throughline/core/binding'
import { CapturedMeasurements } from '../capture/captured-measurements.js'
import { SCOPE } from '../instrumentation-scope.js'
import { currentSpanKeys } from './context-attributes.js'
import { ForeignTracing } from './foreign-tracing.js'
import { FrameContextManager } from './frame-context-manager.js'
import { frameTrace } from './line-trace.js'
import { learnSpanKey } from './span-key.js'
import { TraceIds } from './trace-ids.js'
import type { UnitMeasurements } from './unit-measurements.js'

/** Tracing in force, and how it is taken down. */
export interface RunningTracing {
  /** Another set-up's provider makes the spans. */
  readonly foreign: boolean
  shutdown(): Promise<void>
}

/** Whether another set-up has registered a tracer provider, of any version of the SDK (R8.4). */
export function hasForeignProvider(): boolean {
  const provider = trace.getTracerProvider()
  const delegate: unknown = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider
  return delegate?.constructor.name !== 'NoopTracerProvider'
}

/**
 * Puts tracing into core's slot: under a provider of our own, or under one that is registered already.
 *
 * @param processors of the provider's own, made only if it is
 */
export async function startTracing(
  config: TelemetryConfig,
  resource: () => Resource,
  processors: () => readonly SpanProcessor[],
  ownMeasurements: UnitMeasurements | undefined,
): Promise<RunningTracing> {
  slot.captures?.giveWay()
  slot.spanKey = learnSpanKey()
  const spanKeys = currentSpanKeys
  const measurements = new CapturedMeasurements(ownMeasurements)
  const ownManager = context.setGlobalContextManager(new FrameContextManager())
  if (hasForeignProvider()) return startForeign(!ownManager, spanKeys, measurements)
  const { registerOwnProvider } = await import('./own-provider.js')
  const { OwnTracing } = await import('./own-tracing.js')
  const own = registerOwnProvider(config, resource(), spanKeys, processors())
  const tracer = own.provider.getTracer(SCOPE.name, SCOPE.version)
  if (ownManager) {
    slot.tracing = new OwnTracing({ ...own, tracer, spanKeys, measurements })
    slot.activeTrace = frameTrace
  } else await startForeign(true, spanKeys, measurements)
  return { foreign: false, shutdown: () => own.shutdown() }
}

async function startForeign(
  foreignManager: boolean,
  spanKeys: () => readonly string[],
  measurements: UnitMeasurements | undefined,
): Promise<RunningTracing> {
  const { activeTraceOf } = await import('./line-trace.js')
  const tracer = trace.getTracer(SCOPE.name, SCOPE.version)
  slot.tracing = new ForeignTracing({ tracer, ids: new TraceIds(), foreignManager, spanKeys, measurements })
  slot.activeTrace = foreignManager ? activeTraceOf : frameTrace
  return {
    foreign: true,
    async shutdown() {
      if (!foreignManager) context.disable()
    },
  }
}
