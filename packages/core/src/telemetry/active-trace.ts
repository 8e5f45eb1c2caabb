import type { Frame } from '../context/frame.js'

/** Where in a trace a line stands. */
export interface TraceIds {
  readonly traceId: string
  readonly spanId: string
  readonly traceFlags: number
}

/** What of an OpenTelemetry set-up a line of a frame needs. */
export interface ActiveTrace {
  ids(frame: Frame | undefined): TraceIds | undefined
  baggage(frame: Frame | undefined): Iterable<[string, string]> | undefined
}

/** The part of `@opentelemetry/api` that is used here; the package itself is an optional peer. */
interface Api {
  trace: { getActiveSpan(): { spanContext(): TraceIds } | undefined }
  isSpanContextValid(context: { traceId: string; spanId: string }): boolean
  propagation: { getActiveBaggage(): { getAllEntries(): [string, { value: string }][] } | undefined }
}

/** A variable, so that a bundler does not look for a peer that need not be there. */
const API_PACKAGE: string = '@opentelemetry/api'

/** Where every copy of the OpenTelemetry API keeps what was registered. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1')

/** True once somebody has registered a tracer provider or a context manager in this process. */
export function isOpenTelemetryRegistered(): boolean {
  const registry = (globalThis as { [REGISTRY]?: { trace?: unknown; context?: unknown } })[REGISTRY]
  return registry?.trace !== undefined || registry?.context !== undefined
}

/** Loads the API, so that lines bear the ids of a span that another set-up has opened. */
export async function loadActiveTrace(): Promise<ActiveTrace> {
  const api = (await import(API_PACKAGE)) as unknown as Api
  return {
    ids() {
      const context = api.trace.getActiveSpan()?.spanContext()
      return context !== undefined && api.isSpanContextValid(context) ? context : undefined
    },
    baggage() {
      const entries = api.propagation.getActiveBaggage()?.getAllEntries()
      return entries?.length ? entries.map(([key, { value }]) => [key, value]) : undefined
    },
  }
}
