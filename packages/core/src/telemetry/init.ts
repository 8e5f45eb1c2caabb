import { loadConfig } from '../config/config.js'
import { programPackage } from '../package-file.js'
import { slot } from '../slot.js'
import { createRuntimeSafely } from './current-runtime.js'
import { edgeOptions, RunningTelemetry, sayProblem } from './running-telemetry.js'
import { createSettingsSafely } from './settings.js'
import type { Telemetry, TelemetryOptions } from './telemetry.js'

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
  const running = slot.telemetry as RunningTelemetry | undefined
  if (running !== undefined) {
    if (running.awaitsOptions && Object.keys(options).length > 0) running.adopt(options)
    else running.compare(options)
    return running
  }
  return start(options, false)
}

/**
 * Starts telemetry before the application is loaded, from the environment alone; the first `initTelemetry` with
 * options still gets them applied (R1.1). For `--import` files.
 */
export function initFromEnvironment(): Telemetry {
  return slot.telemetry ?? start({}, true)
}

function start(options: TelemetryOptions, awaitsOptions: boolean): Telemetry {
  const { config, problems } = loadConfig(process.env, {
    serviceName: options.serviceName,
    packageName: programPackage().name,
  })
  const settings = createSettingsSafely(edgeOptions(options), problems)
  slot.runtime?.close()
  const runtime = createRuntimeSafely(config, settings, options.log, problems)
  slot.runtime = runtime
  const telemetry = new RunningTelemetry(options, runtime, awaitsOptions)
  slot.telemetry = telemetry
  for (const problem of problems) sayProblem(runtime, problem)
  telemetry.start()
  return telemetry
}
