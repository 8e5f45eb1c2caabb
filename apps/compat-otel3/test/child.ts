import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How an application ended, and what it wrote. */
export interface Finished {
  readonly code: number | null
  readonly stderr: string
  /** The JSON lines of standard output, without timestamps. */
  readonly lines: readonly Record<string, unknown>[]
}

/** Whether there is one copy of OpenTelemetry's API, or one of the application and one of ours. */
export type Copies = 'one copy of the API' | 'two copies of the API'

/** Runs an application given as text beside the files of this folder. */
export async function runChild(receiver: string, copies: Copies, source: string): Promise<Finished> {
  const oneApi = copies === 'one copy of the API' ? ['--import', './one-api.mjs'] : []
  const child = spawn(process.execPath, [...oneApi, '--input-type=module', '--eval', source], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      RECEIVER: receiver,
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_SERVICE_NAME: 'ours',
      OTEL_TRACES_SAMPLER: 'always_on',
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stderr, lines: jsonLines(stdout) }
}

function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => {
      const { timestamp: _, ...rest } = JSON.parse(line) as Record<string, unknown>
      return rest
    })
}
