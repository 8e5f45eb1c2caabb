import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'

export type Line = Readonly<Record<string, unknown>>

/** An application under way. */
export interface App {
  get(path: string, headers?: Record<string, string>): Promise<number | undefined>
  /** Ends it and returns what it wrote. */
  stop(): Promise<{ lines: Line[]; stderr: string }>
}

/** Starts an application of this folder, which tells its port and is told when to stop. */
export async function startApp(file: string, env: NodeJS.ProcessEnv): Promise<App> {
  const child = spawn(process.execPath, [file], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      LOG_FORMAT: 'json',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_SERVICE_NAME: 'ours',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const closed = once(child, 'close')
  const started = await Promise.race([once(child, 'message'), closed])
  const { port } = (started[0] ?? {}) as { port?: number }
  if (port === undefined) throw new Error(`the application did not start:\n${stderr}`)
  return {
    get: (path, headers = {}) => get(port, path, headers),
    async stop() {
      child.send('stop')
      await closed
      return { lines: jsonLines(stdout), stderr }
    },
  }
}

async function get(port: number, path: string, headers: Record<string, string>): Promise<number | undefined> {
  const sent = request({ port, host: '127.0.0.1', path, headers: { connection: 'close', ...headers } }).end()
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode?: number }]
  response.resume()
  await once(response, 'close')
  return response.statusCode
}

function jsonLines(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
}
