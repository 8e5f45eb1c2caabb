import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The built package, as an application imports it. */
export const CORE = new URL('../../dist/index.js', import.meta.url).href
export const BINDING = new URL('../../dist/binding.js', import.meta.url).href

/** How a child process ended and what it printed. */
export interface Finished {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  /** The JSON lines of standard output, without timestamps. */
  lines: Record<string, unknown>[]
}

const CLEAN = { PATH: process.env.PATH, NODE_ENV: 'test' }

/** Starts a module given as text, with a clean environment. */
export function startChild(
  source: string,
  env: NodeJS.ProcessEnv = {},
  stdout: 'pipe' | number = 'pipe',
): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...CLEAN, ...env },
    stdio: ['ignore', stdout, 'pipe', 'ipc'],
  })
}

/** Runs a module given as text to its end. */
export async function runChild(source: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return finish(startChild(source, env))
}

export async function finish(child: ChildProcess): Promise<Finished> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal, stdout, stderr, lines: jsonLines(stdout) }
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
