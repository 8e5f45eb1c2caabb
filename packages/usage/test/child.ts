import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How a process ended and what it printed. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A running program. */
export interface Program {
  readonly child: ChildProcess
  /** Resolves when that text has been printed. */
  readonly printed: (text: string) => Promise<void>
  readonly ended: Promise<Ended>
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Options of Node. */
  readonly node?: readonly string[]
  /** Arguments of the program. */
  readonly args?: readonly string[]
  readonly commonJs?: boolean
}

/** Beyond what a start and the bound of 2 s take on a busy machine; a process that is held takes 10 s and more. */
export const SOON_MS = 8_000

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** Starts a program given as text, or as a file of `fixtures`, in an environment of its own. */
export function startProgram(source: string, options: ProgramOptions = {}): Program {
  const { env = {}, node = [], args = [], commonJs = false } = options
  const isFile = source.endsWith('.mjs') || source.endsWith('.cjs')
  const program = isFile
    ? [`${FOLDER}fixtures/${source}`, ...args]
    : [`--input-type=${commonJs ? 'commonjs' : 'module'}`, '--eval', source, '--', 'program', ...args]
  const child = spawn(process.execPath, ['--no-deprecation', ...node, ...program], {
    cwd: FOLDER,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = once(child, 'close').then(([code, signal]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }))
  const printed = async (text: string): Promise<void> => {
    while (!stdout.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended without printing ${text}: ${stderr}`)
      await once(child.stdout, 'data')
    }
  }
  return { child, printed, ended }
}

/** Runs a program to its end. */
export async function runProgram(source: string, options?: ProgramOptions): Promise<Ended> {
  return startProgram(source, options).ended
}
