import type { MeterProvider, TracerProvider } from '@opentelemetry/api'
import type { InstrumentationBase } from '@opentelemetry/instrumentation'
import type { ContextSource } from './context-header.js'
import { isInstalled } from './driver.js'

/** What the instrumentations work with. */
export interface InstrumentationOptions {
  readonly tracerProvider: TracerProvider
  /** Default: the global one. */
  readonly meterProvider?: MeterProvider | undefined
  /** What `telemetry-context` says, and to which hosts; asked at each outgoing request. */
  readonly contextHeader: ContextSource
  /** Whether SQL statements bear the trace as a comment; default true. */
  readonly sqlComments?: boolean | undefined
  warn(event: string, attributes: object): void
}

/** Instrumentations that run. */
export interface Instrumentations {
  /** Takes them out again, the last one first. Never throws. */
  stop(): void
}

/** One instrumentation in force. */
export interface Running {
  readonly instrumentation: InstrumentationBase
  /** Drivers that were loaded too early to be instrumented. */
  readonly missed?: readonly string[]
  /** What `instrumentation.disable()` does not take out. */
  readonly disable?: () => void
}

interface Source {
  readonly name: string
  /** Packages of which one has to be there. */
  readonly drivers?: readonly string[]
  load(): Promise<{ start(options: InstrumentationOptions): Running | undefined }>
}

const SOURCES: readonly Source[] = [
  { name: 'undici', load: () => import('./undici.js') },
  { name: 'http', load: () => import('./http.js') },
  { name: 'pg', drivers: ['pg', 'pg-pool'], load: () => import('./pg.js') },
  { name: 'ioredis', drivers: ['ioredis'], load: () => import('./ioredis.js') },
  {
    name: 'redis',
    drivers: ['redis', '@redis/client', '@node-redis/client'],
    load: () => import('./redis.js'),
  },
]

const HINT = 'start with node --import @throughline/otel/register'

/**
 * Starts spans and propagation for what is not ours: fetch and undici, the client of `node:http`, and the drivers
 * pg, ioredis and redis where the application has them (R8.1, R8.2).
 *
 * Drivers that are loaded already are instrumented too. One that fails is one line `instrumentation_failed`, the
 * others go on. Never rejects.
 *
 * @example
 * const { stop } = await startInstrumentations({ tracerProvider, contextHeader, warn })
 */
export async function startInstrumentations(options: InstrumentationOptions): Promise<Instrumentations> {
  const wanted = SOURCES.filter(({ drivers }) => drivers === undefined || isInstalled(drivers))
  const started = await Promise.all(wanted.map((source) => start(source, options)))
  const running = started.filter((one) => one !== undefined)
  const missed = running.flatMap((one) => one.missed ?? [])
  if (missed.length > 0) options.warn('otel_started_late', { drivers: missed, hint: HINT })
  return {
    stop() {
      for (const one of running.splice(0).toReversed()) stop(one)
    },
  }
}

async function start(source: Source, options: InstrumentationOptions): Promise<Running | undefined> {
  try {
    const loaded = await source.load()
    return loaded.start(options)
  } catch (error) {
    options.warn('instrumentation_failed', { name: source.name, error })
    return undefined
  }
}

function stop(running: Running): void {
  try {
    running.instrumentation.disable()
    running.disable?.()
  } catch {
    // What cannot be undone stays; its spans go nowhere.
  }
}
