import { type ConfigProblem, loadConfig, type TelemetryConfig } from '../config/config.js'
import { slot } from '../slot.js'
import { sayOnStandardError, standardOutput } from '../writer/target.js'
import { LineWriter } from '../writer/writer.js'
import type { LogOptions } from './log-options.js'
import { Runtime } from './runtime.js'
import { createSettings, type Settings } from './settings.js'

/** The runtime in force; before `initTelemetry` one by the environment's settings (R1.1). */
export function currentRuntime(): Runtime {
  return (slot.runtime ??= createRuntime(loadConfig().config, createSettings({}), {}))
}

/** Builds a runtime over the process's standard output. */
export function createRuntime(config: TelemetryConfig, settings: Settings, log: LogOptions): Runtime {
  const target = standardOutput()
  const writer = new LineWriter(target, {
    recovered: (lines, code) =>
      runtime.insist('log_lines_dropped', { 'log.dropped': lines, 'error.code': code }),
    gone: (code) =>
      sayOnStandardError(`throughline: standard output is gone (${code}), log lines are dropped\n`),
  })
  const runtime = new Runtime(config, settings, log, writer, target.isTTY)
  for (const sink of slot.sinks) runtime.addSink(sink)
  return runtime
}

/** Options that JavaScript callers got wrong are noted and left at their defaults. */
export function createRuntimeSafely(
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
