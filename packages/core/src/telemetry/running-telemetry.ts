import { util } from '../builtins.js'
import type { ConfigProblem, TelemetryConfig } from '../config/config.js'
import { slot } from '../slot.js'
import { isOpenTelemetryRegistered, loadActiveTrace } from './active-trace.js'
import { createRuntimeSafely } from './current-runtime.js'
import { type Drain, Lifecycle } from './lifecycle.js'
import { INSTALL_HINT, isMissing, loadOtelModule, type OtelHandle } from './otel-module.js'
import { PendingRecords } from './pending-records.js'
import type { Runtime } from './runtime.js'
import { createSettingsSafely, type SettingsOptions } from './settings.js'
import type { Telemetry, TelemetryOptions } from './telemetry.js'

/** The one telemetry of the process, from `initTelemetry` to the end of `shutdown`. */
export class RunningTelemetry implements Telemetry {
  readonly config: TelemetryConfig
  ready: Promise<void> = Promise.resolve()
  readonly #lifecycle: Lifecycle
  #differenceTold = false
  /** Settles when OpenTelemetry is down again; undefined where it never was up. */
  #otelDown: Promise<void> | undefined

  constructor(
    public options: TelemetryOptions,
    public runtime: Runtime,
    public awaitsOptions: boolean,
  ) {
    this.config = runtime.config
    this.#lifecycle = new Lifecycle(
      () => this.runtime,
      () => this.ready,
      timeoutOf(options),
      () => this.#stopped(),
    )
  }

  start(): void {
    const { config, runtime } = this
    if (!config.enabled) {
      runtime.report('info', 'telemetry_disabled', {
        hint: 'set TELEMETRY_ENABLED=true to turn telemetry on',
      })
      return
    }
    for (const sink of this.options.sinks ?? []) if (sink) runtime.addSink(sink)
    this.#lifecycle.listen()
    if (config.tracing) {
      this.ready = this.#startOpenTelemetry()
    } else {
      runtime.report('info', 'otel_off', {
        hint: 'set OTEL_ENABLED=true and OTEL_EXPORTER_OTLP_ENDPOINT to export traces, logs and metrics',
      })
      if (isOpenTelemetryRegistered()) this.ready = readForeignTrace()
    }
  }

  flush(): Promise<void> {
    return this.#lifecycle.flush()
  }

  shutdown(): Promise<void> {
    return this.#lifecycle.shutdown()
  }

  /** Applies the options that only code can say, after a start from the environment alone. */
  adopt(options: TelemetryOptions): void {
    const { config, runtime: former } = this
    const problems: ConfigProblem[] = []
    const settings = createSettingsSafely(edgeOptions(options), problems)
    const runtime = createRuntimeSafely(config, settings, options.log, problems)
    for (const sink of [...former.sinks, ...(options.sinks ?? [])]) if (sink) runtime.addSink(sink)
    former.close()
    runtime.continue(former)
    this.awaitsOptions = false
    this.options = options
    this.runtime = runtime
    this.#lifecycle.timeoutMs = timeoutOf(options)
    slot.runtime = runtime
    for (const problem of problems) sayProblem(runtime, problem)
    if (options.serviceName !== undefined && options.serviceName !== config.serviceName) {
      this.#warnOfDifference(`serviceName comes too late after ${OTEL_REGISTER}: set OTEL_SERVICE_NAME`)
    }
  }

  /** A call without options is how the rest of an application gets the handle; other values are a mistake. */
  compare(options: TelemetryOptions): void {
    const other = (Object.keys(options) as (keyof TelemetryOptions)[]).filter(
      (name) => options[name] !== undefined && !util.isDeepStrictEqual(options[name], this.options[name]),
    )
    if (other.length > 0) {
      this.#warnOfDifference(
        `initTelemetry was called again with another ${other.join(', ')}, which has no effect; call it once, first`,
      )
    }
  }

  #warnOfDifference(hint: string): void {
    if (this.#differenceTold) return
    this.#differenceTold = true
    this.runtime.insist('telemetry_already_started', { hint })
  }

  /** Loads and starts it; where it cannot be had, one line says what to do. Never rejects. */
  async #startOpenTelemetry(): Promise<void> {
    const pending = new PendingRecords()
    this.runtime.addSink(pending)
    try {
      // What a former start still has registered would be taken for another set-up's.
      await slot.ending
      const otel = await loadOtelModule()
      if (this.#isStopped) return
      const handle = await otel.startOtel(this.config, otelOptions(this.#lifecycle))
      const added = this.#lifecycle.add(this.#watched(handle))
      if (this.#isStopped) {
        this.#clearTracing()
        await added
      } else if (handle.sink !== undefined) {
        pending.giveTo(handle.sink)
        this.runtime.addSink(handle.sink)
      }
    } catch (error) {
      const missing = isMissing(error)
      this.runtime.insist('otel_not_started', {
        hint: missing ? INSTALL_HINT : 'OpenTelemetry is left off',
        ...(!missing && { error }),
      })
      if (isOpenTelemetryRegistered()) await readForeignTrace()
      slot.captures?.resume()
    } finally {
      this.runtime.removeSink(pending)
      this.runtime.failed += pending.dropped
    }
  }

  /** The bound of `shutdown()` may be over before its end. */
  #watched(handle: OtelHandle): Drain {
    let ended = (): void => {}
    this.#otelDown = new Promise((resolve) => (ended = resolve))
    return { flush: () => handle.flush(), shutdown: () => handle.shutdown().finally(ended) }
  }

  /** Shut down while it was loading. */
  get #isStopped(): boolean {
    return slot.telemetry !== this
  }

  #stopped(): void {
    slot.ending = this.ready.then(() => this.#otelDown)
    for (const sink of this.options.sinks ?? []) this.runtime.removeSink(sink)
    if (slot.telemetry === this) slot.telemetry = undefined
    this.#clearTracing()
  }

  #clearTracing(): void {
    slot.activeTrace = undefined
    slot.tracing = undefined
    slot.captures?.resume()
  }
}

const OTEL_REGISTER = '@throughline/otel/register'
const DEFAULT_TIMEOUT_MS = 5_000
/** The longest that a timer of Node takes. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** Options of code may come after the start. */
function otelOptions(lifecycle: Lifecycle): { readonly shutdownTimeoutMs: number } {
  return {
    get shutdownTimeoutMs() {
      return lifecycle.timeoutMs
    },
  }
}

/** The bound of `shutdown()`; what is no number of milliseconds counts as the default. */
function timeoutOf({ shutdownTimeoutMs }: TelemetryOptions): number {
  const given = Number(shutdownTimeoutMs ?? DEFAULT_TIMEOUT_MS)
  return given >= 0 ? Math.min(given, LONGEST_TIMEOUT_MS) : DEFAULT_TIMEOUT_MS
}

export function edgeOptions({ labels, trust, trustProxy, user, context }: TelemetryOptions): SettingsOptions {
  return Object.fromEntries(
    Object.entries({ labels, trust, trustProxy, user, context }).filter(([, value]) => value !== undefined),
  )
}

export function sayProblem(runtime: Runtime, { variable, value, message }: ConfigProblem): void {
  runtime.insist('configuration_problem', { variable, value, message })
}

/** Another set-up owns OpenTelemetry: its spans' ids go onto our lines, nothing else is touched. */
async function readForeignTrace(): Promise<void> {
  try {
    const activeTrace = await loadActiveTrace()
    // A capture of a test may stand in meanwhile: it knows its own.
    if (slot.tracing === undefined) slot.activeTrace = activeTrace
  } catch {
    // The API cannot be found from here: lines do without ids.
  }
}
