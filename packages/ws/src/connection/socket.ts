import { AsyncResource } from 'node:async_hooks'
import type { OpenSpan } from '@throughline/core/binding'
import type { Connection } from './connection.js'
import { OPEN, type WebSocketLike } from './web-socket.js'

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

/** Three parameters, as the original has; most calls give one. */
function send(this: BoundSocket, data: unknown, options?: unknown, _callback?: unknown): void {
  const connection = this[CONNECTION]
  const isFragment = (options as { fin?: boolean } | null | undefined)?.fin === false
  const counts = this.readyState === OPEN && !isFragment
  const span = counts ? connection.openSend(data, options) : undefined
  try {
    if (arguments.length === 1) connection.send.call(this, data)
    else Reflect.apply(connection.send, this, keepContext(arguments, span))
  } catch (error) {
    span?.end({ thrown: error })
    throw error
  }
  if (counts) connection.onSent()
  // Nobody is told how it went.
  if (span !== undefined && callbackAt(arguments) === undefined) span.end()
}

type Callback = (error?: Error) => void

/** Compression and a full buffer call back in whichever context got them going, another socket's perhaps. */
function keepContext(args: IArguments, span: OpenSpan | undefined): IArguments {
  const at = callbackAt(args)
  if (at === undefined) return args
  const callback = args[at] as Callback
  args[at] = AsyncResource.bind(span === undefined ? callback : endingSpan(span, callback))
  return args
}

function callbackAt(args: IArguments): 1 | 2 | undefined {
  const last = typeof args[1] === 'function' ? 1 : 2
  return typeof args[last] === 'function' ? last : undefined
}

function endingSpan(span: OpenSpan, callback: Callback): Callback {
  return function (this: unknown, ...args) {
    const [error] = args
    span.end(error ? { thrown: error } : undefined)
    Reflect.apply(callback, this, args)
  }
}
