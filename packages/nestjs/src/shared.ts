import type { NestInterceptor, Provider } from '@nestjs/common'
import type { Telemetry } from '@throughline/core'

/** What all copies of this package in one process share. Objects in it are used by shape, never by `instanceof`. */
export interface Shared {
  /** Telemetry that an application of Nest has started. */
  telemetry?: Telemetry
  /** Applications, known by their `HttpAdapterHost`, that have a `TelemetryModule`. */
  readonly applications: WeakSet<object>
  /** Adapters whose requests are watched. */
  readonly adapters: WeakSet<object>
  /** One provider for each domain that `InjectLogger` was written with so far; Nest reads it when it scans. */
  readonly loggers: Provider[]
  /** Puts providers of domains that turn up after the scan into running applications. */
  readonly latecomers: Set<WeakRef<LateLoggers>>
  /** Prototypes of Nest's that are watched. */
  readonly watched: WeakSet<object>
  /** What opens the unit of a microservice message, by the class that handles it. */
  readonly messageInterceptors: WeakMap<object, NestInterceptor>
}

/** A running application that can still be given loggers. */
export interface LateLoggers {
  add(provider: Provider): void
}

const KEY: unique symbol = Symbol.for('@throughline/nestjs/1')

const global = globalThis as { [KEY]?: Shared }

/** The one process-wide state of this package. */
export const shared: Shared = (global[KEY] ??= {
  applications: new WeakSet(),
  adapters: new WeakSet(),
  loggers: [],
  latecomers: new Set(),
  watched: new WeakSet(),
  messageInterceptors: new WeakMap(),
})
