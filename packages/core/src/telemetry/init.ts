import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type ConfigProblem, loadConfig, type TelemetryConfig } from '../config/config.js'
import type { LogSink } from '../logger/log-record.js'
import { packageName } from '../package-file.js'
import { slot } from '../slot.js'
import { isOpenTelemetryRegistered, loadActiveTrace } from './active-trace.js'
import { startOpenTelemetry } from './otel-module.js'
import { createRuntime } from './current-runtime.js'
import type { LogOptions } from './log-options.js'
import type { Runtime } from './runtime.js'
import { createSettingsSafely, type Settings, type SettingsOptions } from './settings.js'
import { Lifecycle } from './lifecycle.js'

/** What an application sets in code; everything else comes from the environment. */
export interface TelemetryOptions extends SettingsOptions {
  /** Name of the service; `OTEL_SERVICE_NAME` wins. Default: the name in the nearest package.json. */
  serviceName?: string | undefined
  log?: LogOptions | undefined
  /** Bound of `shutdown()` in milliseconds; default 5,000. */
  shutdownTimeoutMs?: number | undefined
  /** Further places for records. */
  sinks?: LogSink[] | undefined
}

/** The running telemetry of this process. */
export interface Telemetry {
  readonly config: TelemetryConfig
  /** Settles when everything that loads asynchronously runs; never rejects. */
  readonly ready: Promise<void>
  /** Hands everything written so far to where it goes. Never rejects. */
  flush(): Promise<void>
  /** Drains and stops within its bound; a later `initTelemetry` starts afresh. Never rejects. */
  shutdown(): Promise<void>
}

/**
 * Starts telemetry for the process: the one call an application makes.
 *
 * Configured by the environment; `options` are what only code can say. Later calls return the same handle.
 * It never throws: what is wrong with the settings is one line each (R1.1).
 *
 * @example
 * const telemetry = initTelemetry({ serviceName: 'orders', trust: 'loopback' })
 */
export function initTelemetry(given?: TelemetryOptions): Telemetry {
  const options = given ?? {}
  if (slot.telemetry !== undefined) {
    warnOfDifference(slot.telemetry as RunningTelemetry, options)
    return slot.telemetry
  }
  const { config, problems } = loadConfig(process.env, {
    serviceName: options.serviceName,
    packageName: ownPackageName(),
  })
  const settings = createSettingsSafely(edgeOptions(options), problems)
  slot.runtime?.close()
  const runtime = createRuntimeSafely(config, settings, options.log, problems)
  slot.runtime = runtime
  const telemetry = new RunningTelemetry(options, runtime)
  slot.telemetry = telemetry
  for (const problem of problems) sayProblem(runtime, problem)
  telemetry.start()
  return telemetry
}

/** The name in the package.json of the program, else of the working directory, which may have been removed. */
function ownPackageName(): string | undefined {
  const program = process.argv[1]
  const name = program === undefined ? undefined : packageName(dirname(program))
  try {
    return name ?? packageName(process.cwd())
  } catch {
    return undefined
  }
}

/** Options that JavaScript callers got wrong are noted and left at their defaults. */
function createRuntimeSafely(
  config: TelemetryConfig,
  settings: Settings,
  log: LogOptions | undefined,
  problems: ConfigProblem[],
): Runtime {
  try {
    return createRuntime(config, settings, log ?? {})
  } catch (error) {
    problems.push({
      variable: 'log',
      value: '',
      message: `option log is ignored: ${(error as Error).message}`,
    })
    return createRuntime(config, settings, {})
  }
}

class RunningTelemetry implements Telemetry {
  readonly config: TelemetryConfig
  ready: Promise<void> = Promise.resolve()
  readonly #lifecycle: Lifecycle
  #differenceTold = false

  constructor(
    readonly options: TelemetryOptions,
    readonly runtime: Runtime,
  ) {
    this.config = runtime.config
    this.#lifecycle = new Lifecycle(runtime, options.shutdownTimeoutMs ?? 5_000, () => {
      for (const sink of options.sinks ?? []) runtime.removeSink(sink)
      if (slot.telemetry === this) slot.telemetry = undefined
      slot.activeTrace = undefined
    })
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
      this.ready = startOpenTelemetry(config, runtime, this.#lifecycle)
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

  warnOfDifference(): void {
    if (this.#differenceTold) return
    this.#differenceTold = true
    this.runtime.insist('telemetry_already_started', {
      hint: 'initTelemetry was called again with other options, which have no effect; call it once, first',
    })
  }
}

/** A call without options is how the rest of an application gets the handle; other values are a mistake. */
function warnOfDifference(running: RunningTelemetry, options: TelemetryOptions): void {
  const differs = (Object.keys(options) as (keyof TelemetryOptions)[]).some(
    (name) => options[name] !== undefined && !isDeepStrictEqual(options[name], running.options[name]),
  )
  if (differs) running.warnOfDifference()
}

function edgeOptions({ labels, trust, trustProxy, user, context }: TelemetryOptions): SettingsOptions {
  return Object.fromEntries(
    Object.entries({ labels, trust, trustProxy, user, context }).filter(([, value]) => value !== undefined),
  )
}

function sayProblem(runtime: Runtime, { variable, value, message }: ConfigProblem): void {
  runtime.insist('configuration_problem', { variable, value, message })
}

/** Another set-up owns OpenTelemetry: its spans' ids go onto our lines, nothing else is touched. */
async function readForeignTrace(): Promise<void> {
  try {
    slot.activeTrace = await loadActiveTrace()
  } catch {
    // The API cannot be found from here: lines do without ids.
  }
}
