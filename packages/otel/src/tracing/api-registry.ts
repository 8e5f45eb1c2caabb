import type { ContextManager, TracerProvider } from '@opentelemetry/api'

/** Where every copy of OpenTelemetry's API of version 1 keeps what was registered through it. */
const API = Symbol.for('opentelemetry.js.api.1')

interface Registered {
  readonly trace?: TracerProvider
  readonly context?: ContextManager
  readonly propagation?: object
}

const NOTHING: Registered = Object.freeze({})

/**
 * What was registered, through whichever copy of the API.
 *
 * The API itself hides what an older copy has registered, and cannot say whether there is anything.
 */
export function registered(): Registered {
  return (globalThis as { [API]?: Registered })[API] ?? NOTHING
}
