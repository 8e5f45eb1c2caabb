import type { Socket } from 'node:net'
import type { Exchange } from './exchange.js'

const waiting = new WeakMap<Socket, Set<Exchange>>()

/**
 * Ends an exchange with its connection.
 *
 * A pipelined response that waits for its turn has no socket yet, and Node tells it nothing when the client goes
 * away. One listener a connection, however many requests wait.
 */
export function endWithConnection(socket: Socket, exchange: Exchange): void {
  let exchanges = waiting.get(socket)
  if (exchanges === undefined) {
    const all = (exchanges = new Set<Exchange>())
    waiting.set(socket, all)
    socket.once('close', () => {
      for (const one of all) one.end()
    })
  }
  exchanges.add(exchange)
}
