import { fileURLToPath } from 'node:url'
import { type Console, ConsoleError, startConsole } from '@throughline/console'
import type { StageOptions } from './stage.js'
import type { Stoppable } from './started.js'

/** Events that are not in it are marked on the console's page. */
const CATALOGUE = fileURLToPath(new URL('../../EVENTS.md', import.meta.url))

/** A page that shows what the demo's processes send. */
export interface DemoConsole extends Stoppable {
  readonly url: string
  /** What the processes send it, and how soon: everything, at once. */
  readonly env: NodeJS.ProcessEnv
}

/** With `--serve`, unless the user says where telemetry goes, or that there is none. */
export function wantsConsole({ mode, consolePort }: StageOptions): boolean {
  if (mode !== 'serve' || consolePort === false) return false
  return !Object.keys(process.env).some(
    (name) => name === 'OTEL_ENABLED' || name.startsWith('OTEL_EXPORTER_'),
  )
}

/** Opens it on the given port, else on its usual one, else on any. */
export async function openConsole({ consolePort }: StageOptions): Promise<DemoConsole> {
  const page = await startOn(typeof consolePort === 'number' ? consolePort : undefined)
  const env = {
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: page.endpoint,
    LOG_EXPORT_LEVEL: 'debug',
    OTEL_BSP_SCHEDULE_DELAY: '500',
    OTEL_BLRP_SCHEDULE_DELAY: '500',
    OTEL_METRIC_EXPORT_INTERVAL: '5000',
  }
  return { url: page.url, env, stop: () => page.close() }
}

async function startOn(port: number | undefined): Promise<Console> {
  if (port !== undefined) return startConsole({ port, catalogue: CATALOGUE })
  try {
    return await startConsole({ catalogue: CATALOGUE })
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'CONSOLE_PORT_TAKEN') throw error
    return startConsole({ port: 0, catalogue: CATALOGUE })
  }
}
