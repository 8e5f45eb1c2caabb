import {
  context,
  ProxyTracerProvider,
  propagation,
  type TextMapPropagator,
  trace,
  type TracerProvider,
} from '@opentelemetry/api'
import { Frame, slot } from '@throughline/core/binding'
import { FrameContextManager } from '../tracing/frame-context-manager.js'
import { hasForeignProvider } from '../tracing/start-tracing.js'

/** What was put behind OpenTelemetry's API for as long as captures are open. */
export interface ApiGlobals {
  /** The context manager is another set-up's. */
  readonly foreignManager: boolean
  remove(): void
}

/**
 * Puts a provider, a context manager and a propagator behind the API, each where nobody else has put one.
 *
 * The provider is not registered: it stands behind the API's own proxy, so that whoever registers another one
 * meanwhile succeeds.
 */
export function placeGlobals(provider: TracerProvider, propagator: TextMapPropagator): ApiGlobals {
  const ownManager = context.setGlobalContextManager(new FrameContextManager())
  const proxy = hasForeignProvider() ? undefined : ownProxy()
  proxy?.setDelegate(provider)
  const ownPropagator = proxy !== undefined && propagation.fields().length === 0
  if (ownPropagator) propagation.setGlobalPropagator(propagator)
  return {
    foreignManager: !ownManager,
    remove() {
      const replaced = proxy !== undefined && proxy.getDelegate() !== provider
      // Whoever has come since stands on the context manager and the propagator that it found.
      if (replaced) return
      proxy?.setDelegate(undefined as unknown as TracerProvider)
      if (ownPropagator) propagation.disable()
      if (ownManager && isManagerOurs()) context.disable()
    },
  }
}

function ownProxy(): ProxyTracerProvider | undefined {
  const provider = trace.getTracerProvider()
  return provider instanceof ProxyTracerProvider ? provider : undefined
}

/** Ours reads core's storage. */
function isManagerOurs(): boolean {
  const probe = new Frame(undefined)
  return slot.storage.run(probe, () => (context.active() as unknown) === probe)
}
