import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'

/** How long a server may take to end by itself. */
const KILL_AFTER_MS = 5_000
/** Enough of a server's output to see why it ended. */
const KEPT_OUTPUT = 4_000

export interface Child {
  readonly process: ChildProcess
  /** The end of what it wrote, for errors. */
  output(): string
  /** Settles when it has ended, or could not be started. */
  readonly ended: Promise<void>
}

export interface ChildOptions extends Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> {
  /** What makes it end in good order at once; PostgreSQL waits for its clients at SIGTERM. */
  endSignal?: NodeJS.Signals
}

const live = new Map<Child, NodeJS.Signals>()
let closed = false

/** Starts a program that the host ends at its own end. */
export function startChild(command: string, args: string[], options: ChildOptions = {}): Child {
  if (closed) throw new Error('the host is ending')
  const { endSignal = 'SIGTERM', ...spawnOptions } = options
  const childProcess = spawn(command, args, {
    ...spawnOptions,
    // Messages in English are what readiness is read from; PG* variables are meant for clients.
    env: { ...withoutPostgres(process.env), LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: unknown) => {
    output = (output + String(chunk)).slice(-KEPT_OUTPUT)
  }
  childProcess.stdout.on('data', keep)
  childProcess.stderr.on('data', keep)
  const ended = once(childProcess, 'close').then(
    () => undefined,
    (error: unknown) => keep(error),
  )
  const child: Child = { process: childProcess, output: () => output.trim(), ended }
  live.set(child, endSignal)
  void ended.then(() => live.delete(child))
  return child
}

/** Ends all that runs: by its own signal, then by SIGKILL after a bound. Nothing starts any more. */
export async function endChildren(): Promise<void> {
  closed = true
  await Promise.all(
    [...live].map(async ([child, signal]) => {
      child.process.kill(signal)
      const kill = setTimeout(() => child.process.kill('SIGKILL'), KILL_AFTER_MS)
      await child.ended
      clearTimeout(kill)
    }),
  )
}

/** An error that says what was run and what it wrote last. */
export function childError(child: Child, what = 'it ended early'): Error {
  return new Error(`${what}.\nRan: ${child.process.spawnargs.join(' ')}\nIts last output:\n${child.output()}`)
}

/** For a start that does not come to an end: what runs now is what it waits for. */
export function startTookTooLong(seconds: number): Error {
  const what = `it was not ready after ${seconds} s`
  const [child] = live.keys()
  return child === undefined ? new Error(`${what}.`) : childError(child, what)
}

function withoutPostgres(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PG')))
}
