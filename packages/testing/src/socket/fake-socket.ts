import type { WebSocket } from 'ws'
import { FakeWebSocket, type FakeSocketInit } from './fake-web-socket.js'

/** What a test sees of a fake socket and does in place of its peer. */
export interface FakeSocketControls {
  /** What the code under test sent: strings for text, Buffers for binary messages. */
  readonly sent: (string | Buffer)[]
  /** Payloads of the pings that the code under test sent. */
  readonly pings: Buffer[]
  /** How the code under test closed the socket; undefined while it has not. */
  readonly closed: { code: number; reason: string } | undefined
  /** A message from the peer: bytes are binary, strings text, anything else JSON. */
  receive(data: unknown): void
  /** The peer closes the connection; default code 1000. */
  closeWith(code?: number, reason?: string): void
}

/** A `WebSocket` of ws with the controls of a test. */
export type FakeSocket = WebSocket & FakeSocketControls

/**
 * Makes an open socket without a network, to pass to a connection handler or a gateway.
 *
 * It emits what ws emits: `message` with a Buffer, `close` with code and reason. `receive` and `closeWith` emit
 * before they return; the `close` after the code's own `close()` or `terminate()` comes a microtask later.
 *
 * @example
 * const socket = createFakeSocket()
 * gateway.handleConnection(socket)
 * socket.receive({ event: 'pick', data: { hero: 42 } })
 * expect(socket.sent).toEqual(['{"event":"picked"}'])
 */
export function createFakeSocket(init: FakeSocketInit = {}): FakeSocket {
  return new FakeWebSocket(init) as unknown as FakeSocket
}
