import type { Unit, UnitOptions } from '@throughline/core'
import { exceptionAttributes, type OpenSpan, report, slot } from '@throughline/core/binding'
import { runMessage } from '../message/delivery.js'
import { carrierOf, contextOf, readEnvelope } from '../message/envelope.js'
import { takesDebugLines } from '../message/lines.js'
import { MessageSpans } from '../message/message-spans.js'
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
  #spans: MessageSpans | undefined

  constructor(
    readonly id: string,
    readonly unit: Unit,
    readonly socket: WebSocketLike,
    readonly server: ServerSettings,
    /** Whether the context in this peer's messages is believed. */
    readonly trusted: boolean,
    /** Whether the upgrade's path is excluded from tracing (R4.6). */
    readonly untraced: boolean,
  ) {
    this.emit = socket.emit
    this.send = socket.send
    this.#message = { kind: 'message', name: 'message', manualEnd: true, within: unit }
  }

  /** Emits `message` as a unit of its own. */
  onMessage(args: IArguments): boolean {
    this.received++
    return runMessage(this.#optionsOf(args[1], args[2]), this, args)
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

  /** The span of a message about to be sent; undefined where none is recorded. */
  openSend(data: unknown, options: unknown): OpenSpan | undefined {
    return this.#messageSpans()?.sent(data, options)
  }

  /** Counts a message that was sent, and says so where `messageLines` asks for it. */
  onSent(): void {
    this.sent++
    if (this.server.options.messageLines === true && takesDebugLines()) {
      report('debug', 'ws_send', { 'ws.conn_id': this.id })
    }
  }

  #optionsOf(data: unknown, isBinary: unknown): UnitOptions {
    const { server, trusted } = this
    const reads = trusted && server.options.messageContext === true
    const envelope = reads ? readEnvelope(data, isBinary) : undefined
    const spans = this.#messageSpans()
    if (envelope === undefined && spans === undefined) return this.#message
    const fields = envelope && contextOf(envelope, server.edge())
    const traced = spans?.received(data, isBinary, envelope && carrierOf(envelope))
    return { ...this.#message, fields, ...traced }
  }

  /** Where `messageSpans` asks for them: it may do so after the connection was opened. */
  #messageSpans(): MessageSpans | undefined {
    const { id, server, unit, untraced } = this
    if (server.options.messageSpans !== true || slot.tracing === undefined) return undefined
    if (this.#spans === undefined) {
      const { spanContext } = unit
      const links = spanContext === undefined ? [] : [spanContext]
      this.#spans = new MessageSpans(id, server.route, links, untraced)
    }
    return this.#spans
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
