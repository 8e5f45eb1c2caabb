import { propagation, type TextMapPropagator, trace, type TracerProvider } from '@opentelemetry/api'
import { registered } from '../tracing/api-registry.js'
import { hasForeignProvider, placeManager } from '../tracing/start-tracing.js'

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
  const manager = placeManager()
  const proxy = hasForeignProvider() ? undefined : ownProxy()
  proxy?.setDelegate(provider)
  const removePropagator = proxy === undefined ? undefined : placePropagator(propagator)
  return {
    foreignManager: manager.foreign,
    remove() {
      // Whoever has come since stands on the context manager and the propagator that it found.
      if (proxy !== undefined && proxy.getDelegate() !== provider) return
      proxy?.setDelegate(undefined)
      removePropagator?.()
      manager.remove()
    },
  }
}

/** The API's proxy, by its shape: the class is to go with the API's next major version, and then this does nothing. */
interface ProxyProvider {
  getDelegate(): TracerProvider
  setDelegate(provider: TracerProvider | undefined): void
}

function ownProxy(): ProxyProvider | undefined {
  const provider = trace.getTracerProvider()
  return 'setDelegate' in provider ? (provider as unknown as ProxyProvider) : undefined
}

function placePropagator(propagator: TextMapPropagator): (() => void) | undefined {
  if (registered().propagation !== undefined) return undefined
  if (!propagation.setGlobalPropagator(propagator)) return undefined
  return () => {
    if (registered().propagation === propagator) propagation.disable()
  }
}
