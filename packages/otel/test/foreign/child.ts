import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How an application ended, and what it wrote. */
export interface Finished {
  readonly code: number | null
  readonly stderr: string
  /** The JSON lines of standard output. */
  readonly lines: readonly Record<string, unknown>[]
}

/** Core's functions, the API, and `log`; telemetry is not started. */
const PRELUDE = `
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { bindContext, getContext, getLogger, initTelemetry, runUnit, runWithContext } from '@throughline/core'
import { setImmediate as turn } from 'node:timers/promises'
const log = getLogger('m')
`

/** Runs an application given as text, whose own telemetry goes to that collector. */
export async function runChild(url: string, source: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PRELUDE + source], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      LOG_FORMAT: 'json',
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_SERVICE_NAME: 'ours',
      OTEL_TRACES_SAMPLER: 'always_on',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { code, stderr, lines }
}
