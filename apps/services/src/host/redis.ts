import { listen } from './listen.js'
import { type StartedServer } from './message.js'
import { run } from './run.js'

/** Starts the `redis-server` or `valkey-server` at this path, in memory, on loopback only. */
export async function startNativeRedis(command: string, folder: string): Promise<StartedServer> {
  const version = /\bv=(\S+)/.exec(await run(command, ['--version']))?.[1] ?? 'unknown'
  const port = await listen({
    command,
    // Options only, no file: nothing of the system's own configuration applies.
    args: (free) => [
      '--bind',
      '127.0.0.1',
      '--port',
      String(free),
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
    ],
    ready: /ready to accept connections/i,
    cwd: folder,
  })
  return { url: `redis://127.0.0.1:${port}`, version }
}
