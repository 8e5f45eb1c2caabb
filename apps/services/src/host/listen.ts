import { childError, startChild, type Child, type ChildOptions } from './children.js'
import { freePort } from './free-port.js'

const ADDRESS_IN_USE = /address already in use|EADDRINUSE/i
const ATTEMPTS = 5

export interface ServerOptions extends ChildOptions {
  command: string
  args: (port: number) => string[]
  /** What the server writes once it takes connections. */
  ready: RegExp
}

/** Starts a server on a free port and returns that port once the server takes connections. */
export async function listen({ command, args, ready, ...options }: ServerOptions): Promise<number> {
  return onFreePort(async (port) => {
    const child = startChild(command, args(port), options)
    await Promise.race([
      outputMatching(child, ready),
      child.ended.then(() => Promise.reject(childError(child))),
    ])
  })
}

/** A free port may be taken by somebody else before the server has it: then another one is tried. */
export async function onFreePort(start: (port: number) => Promise<void>, attempt = 1): Promise<number> {
  const port = await freePort()
  try {
    await start(port)
    return port
  } catch (error) {
    if (attempt === ATTEMPTS || !ADDRESS_IN_USE.test(String(error))) throw error
    return onFreePort(start, attempt + 1)
  }
}

function outputMatching(child: Child, ready: RegExp): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (ready.test(child.output())) resolve()
    }
    child.process.stdout?.on('data', look)
    child.process.stderr?.on('data', look)
  })
}
