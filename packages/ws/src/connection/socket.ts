import type { Connection } from './connection.js'
import type { WebSocketLike } from './web-socket.js'

/** Marks a socket, for every copy of this package: it is bound once (R6.3). */
const CONNECTION: unique symbol = Symbol.for('@throughline/ws/connection')

type BoundSocket = WebSocketLike & { [CONNECTION]: Connection }

export function isBound(socket: WebSocketLike): boolean {
  return CONNECTION in socket
}

/**
 * Puts `emit` and `send` of our own in front of the socket's. Every listener is called by `emit`, however it was
 * added, so that no list of listeners changes; the two functions are shared by all sockets.
 */
export function bindSocket(socket: WebSocketLike, connection: Connection): void {
  const hidden = { enumerable: false, configurable: true, writable: true }
  Object.defineProperties(socket, {
    [CONNECTION]: { ...hidden, value: connection },
    emit: { ...hidden, value: emit },
    send: { ...hidden, value: send },
  })
}

function emit(this: BoundSocket, event: string | symbol): boolean {
  const connection = this[CONNECTION]
  switch (event) {
    case 'message':
      return connection.onMessage(arguments)
    case 'ping':
    case 'pong':
      return connection.onEvent(arguments)
    case 'error':
      return connection.onError(arguments)
    case 'close':
      return connection.onClose(arguments)
    default:
      return Reflect.apply(connection.emit, this, arguments)
  }
}

/** Three parameters, as the original has. */
function send(this: BoundSocket, _data: unknown, _options: unknown, _callback: unknown): void {
  return this[CONNECTION].onSend(arguments)
}
