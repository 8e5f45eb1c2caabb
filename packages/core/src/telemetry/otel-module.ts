import type { TelemetryConfig } from '../config/config.js'
import { isOpenTelemetryRegistered, loadActiveTrace } from './active-trace.js'
import { slot } from '../slot.js'
import type { Lifecycle } from './lifecycle.js'
import type { Runtime } from './runtime.js'

/** What core needs of `@throughline/otel`, so that it can load it without depending on it. */
export interface OtelModule {
  startOtel(config: TelemetryConfig): OtelHandle | Promise<OtelHandle>
}

/** The running OpenTelemetry SDK. */
export interface OtelHandle {
  flush(): Promise<void>
  shutdown(): Promise<void>
}

/** A variable, so that neither the compiler nor a bundler follows it. */
const MODULE: string = '@throughline/otel'

/** Loads and starts OpenTelemetry; where it cannot be had, one line says what to do. Never rejects. */
export async function startOpenTelemetry(
  config: TelemetryConfig,
  runtime: Runtime,
  lifecycle: Lifecycle,
): Promise<void> {
  try {
    const module = (await import(MODULE)) as OtelModule
    lifecycle.add(await module.startOtel(config))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    runtime.insist('otel_not_started', {
      hint: missing ? `run npm install ${MODULE}` : 'OpenTelemetry is left off',
      ...(!missing && { error }),
    })
  }
  try {
    if (isOpenTelemetryRegistered()) slot.activeTrace = await loadActiveTrace()
  } catch {
    // The API cannot be found from here: lines do without ids.
  }
}
