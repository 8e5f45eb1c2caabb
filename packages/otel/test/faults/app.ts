import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How an application ended, and what it wrote. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Milliseconds from its start to its end. */
  readonly tookMs: number
  readonly stderr: string
  /** The JSON lines of standard output. */
  readonly lines: readonly Line[]
  /** Those of Throughline about the export, by event. */
  readonly reports: readonly Line[]
}

export interface Line {
  readonly event: string
  readonly level: string
  readonly [key: string]: unknown
}

/** A running application. */
export interface App {
  readonly child: ChildProcess
  /** The lines so far. */
  readonly lines: () => Line[]
  /** Resolves when a line of that event has been written. */
  readonly wrote: (event: string) => Promise<Line>
  readonly ended: Promise<Ended>
}

const PRELUDE = `
import { getLogger, initTelemetry, runUnit } from '@throughline/core'
import { setTimeout as sleep } from 'node:timers/promises'
const log = getLogger('app')
`

const ENV = {
  PATH: process.env['PATH'],
  NODE_ENV: 'test',
  OTEL_ENABLED: 'true',
  OTEL_TRACES_SAMPLER: 'always_on',
  OTEL_BLRP_SCHEDULE_DELAY: '50',
  OTEL_BSP_SCHEDULE_DELAY: '50',
}

/** Starts an application given as text, which has core's functions, \`log\` and \`sleep\` at hand. */
export function startApp(url: string, source: string, env: NodeJS.ProcessEnv = {}): App {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', PRELUDE + source], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...ENV, OTEL_EXPORTER_OTLP_ENDPOINT: url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const lines = (): Line[] =>
    stdout
      .slice(0, stdout.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line)
  const ended = once(child, 'close').then(([code, signal]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    tookMs: Math.round(performance.now() - startedAt),
    stderr,
    lines: lines(),
    reports: lines().filter(({ event }) => /^otel_(export|records)_/.test(event)),
  }))
  return { child, lines, wrote: (event) => wrote(child, lines, event), ended }
}

async function wrote(child: ChildProcess, lines: () => Line[], event: string): Promise<Line> {
  for (;;) {
    const found = lines().find((line) => line.event === event)
    if (found !== undefined) return found
    if (child.exitCode !== null || child.stdout === null)
      throw new Error(`the application ended without ${event}`)
    await once(child.stdout, 'data')
  }
}
