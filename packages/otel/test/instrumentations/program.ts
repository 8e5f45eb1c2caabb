import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type OtlpSpan, type SpanTree, spanTrees, startOtlpReceiver } from '@throughline/otlp'

export interface ProgramOptions {
  /** Starts with `--import @throughline/otel/register`. */
  register?: boolean
  env?: NodeJS.ProcessEnv
}

/** What a program did until it ended by itself. */
export interface ProgramRun<Message> {
  /** What it sent by `process.send`, the last one. */
  readonly message: Message
  readonly spans: readonly OtlpSpan[]
  readonly trees: readonly SpanTree[]
  /** Its JSON lines, without those of level debug. */
  readonly lines: readonly Record<string, unknown>[]
  readonly stderr: string
  /** Headers of what it sent to the collector. */
  readonly exports: readonly NodeJS.Dict<string | string[]>[]
}

const FIXTURES = new URL('fixtures/', import.meta.url)

/** Runs a fixture as a program of its own: inside Jest modules do not pass `require` as they do in Node. */
export async function runProgram<Message = unknown>(
  fixture: string,
  { register = false, env = {} }: ProgramOptions = {},
): Promise<ProgramRun<Message>> {
  const receiver = await startOtlpReceiver()
  const child = fork(fileURLToPath(new URL(fixture, FIXTURES)), {
    cwd: fileURLToPath(FIXTURES),
    execArgv: register ? ['--import', '@throughline/otel/register'] : [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_TRACES_SAMPLER_ARG: '1',
      OTEL_SERVICE_NAME: 'program',
      ...env,
    },
  })
  let message: unknown
  let stdout = ''
  let stderr = ''
  child.on('message', (sent) => (message = sent))
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  await receiver.stop()
  if (code !== 0) throw new Error(`${fixture} ended with ${code}:\n${stdout}\n${stderr}`)
  const spans = receiver.spans()
  return {
    message: message as Message,
    spans,
    trees: spanTrees(spans),
    lines: stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
    stderr,
    exports: receiver.requests.map(({ headers }) => headers),
  }
}
