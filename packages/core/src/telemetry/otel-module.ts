import { pathToFileURL } from 'node:url'
import { module } from '../builtins.js'
import type { TelemetryConfig } from '../config/config.js'
import type { LogSink } from '../logger/log-record.js'

/** What core needs of `@throughline/otel`, so that it can load it without depending on it. */
export interface OtelModule {
  startOtel(
    config: TelemetryConfig,
    options?: { shutdownTimeoutMs?: number },
  ): OtelHandle | Promise<OtelHandle>
}

/** The running OpenTelemetry SDK. */
export interface OtelHandle {
  /** Takes the records that are exported; undefined where none are. */
  readonly sink?: LogSink | undefined
  flush(): Promise<void>
  shutdown(): Promise<void>
}

/** A variable, so that neither the compiler nor a bundler follows it. */
const MODULE: string = '@throughline/otel'

/** What goes wrong where the package is not installed. */
export const INSTALL_HINT: string = `run npm install ${MODULE}`

/** Loads the package as seen from here, else from the program: the two may be installed apart. */
export async function loadOtelModule(): Promise<OtelModule> {
  try {
    return (await import(MODULE)) as OtelModule
  } catch (error) {
    if (!isMissing(error)) throw error
    return (await import(pathToFileURL(resolveFromProgram()).href)) as OtelModule
  }
}

/** Whether the package itself is not there, as against something that it needs. */
export function isMissing(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return (
    (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') &&
    String(message).includes(`'${MODULE}'`)
  )
}

/** From the program's file, else from the working directory: a test runner is no neighbour of the application. */
function resolveFromProgram(): string {
  try {
    return module()
      .createRequire(process.argv[1] ?? `${process.cwd()}/`)
      .resolve(MODULE)
  } catch {
    return module().createRequire(`${process.cwd()}/`).resolve(MODULE)
  }
}
