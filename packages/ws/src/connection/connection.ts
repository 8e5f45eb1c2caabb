import type { Unit, UnitOptions } from '@throughline/core'
import { exceptionAttributes, report } from '@throughline/core/binding'
import { runMessage } from '../message/delivery.js'
import { contextOf } from '../message/envelope.js'
import { takesDebugLines } from '../message/lines.js'
import { previewOf } from '../message/preview.js'
import type { ServerSettings } from '../server/server-settings.js'
import type { WebSocketLike } from './web-socket.js'

/** WebSocket close code of a connection that ended without a close frame (RFC 6455, 7.4.1). */
const ABNORMAL_CLOSURE = 1006

/** One socket's life: its unit of work, its counts, and how its events and sends are treated. */
export class Connection {
  received = 0
  sent = 0
  failed = false
  failure: unknown
  readonly emit: WebSocketLike['emit']
  readonly send: WebSocketLike['send']
  readonly #message: UnitOptions

  constructor(
    readonly id: string,
    readonly unit: Unit,
    readonly socket: WebSocketLike,
    readonly server: ServerSettings,
    /** Whether the context in this peer's messages is believed. */
    readonly trusted: boolean,
  ) {
    this.emit = socket.emit
    this.send = socket.send
    this.#message = { kind: 'message', name: 'message', manualEnd: true, within: unit }
  }

  /** Emits `message` as a unit of its own. */
  onMessage(args: IArguments): boolean {
    this.received++
    const { server, trusted } = this
    const fields =
      trusted && server.options.messageContext === true
        ? contextOf(args[1], args[2], server.edge())
        : undefined
    return runMessage(fields === undefined ? this.#message : { ...this.#message, fields }, this, args)
  }

  emitMessage(args: IArguments): boolean {
    if (this.server.options.messageLines === true && takesDebugLines()) {
      report('debug', 'ws_receive', previewOf(args[1], args[2]))
    }
    return Reflect.apply(this.emit, this.socket, args)
  }

  /** Emits an event of the connection's own, such as `ping`, in its context. */
  onEvent(args: IArguments): boolean {
    return this.unit.run(() => Reflect.apply(this.emit, this.socket, args))
  }

  onError(args: IArguments): boolean {
    this.failed = true
    this.failure = args[1]
    this.unit.run(() => report('error', 'ws_error', exceptionAttributes(args[1])))
    return this.onEvent(args)
  }

  /** Listeners come first: what they bind is on the last line. */
  onClose(args: IArguments): boolean {
    try {
      return this.onEvent(args)
    } finally {
      this.#end(args[1])
    }
  }

  /** Counts a message that was sent, and says so where `messageLines` asks for it. */
  onSent(): void {
    this.sent++
    if (this.server.options.messageLines === true && takesDebugLines()) {
      report('debug', 'ws_send', { 'ws.conn_id': this.id })
    }
  }

  #end(code: unknown): void {
    const attributes = {
      'ws.close_code': code,
      'ws.messages_received': this.received,
      'ws.messages_sent': this.sent,
    }
    if (this.failed) this.unit.end({ outcome: 'error', error: this.failure, attributes })
    else this.unit.end({ outcome: code === ABNORMAL_CLOSURE ? 'aborted' : 'ok', attributes })
  }
}
