import type { UnitOptions, UnitSpan } from '@throughline/core'
import { type OpenSpan, openSpan, type TraceCarrier } from '@throughline/core/binding'
import { messageSize } from './message-size.js'

type SpanContexts = UnitOptions['links']

/** The part of a message's unit that says what its span is. */
type Traced = Pick<UnitOptions, 'carrier' | 'links' | 'span' | 'untraced'>

/** No trace of a caller's: the message starts its own, however long its connection lasts. */
const NO_CARRIER: TraceCarrier = {}

/**
 * Spans of one connection's messages, each linked to the span of the upgrade (R6.4).
 *
 * There are no semantic conventions for WebSocket messages; the names follow those of messaging.
 */
export class MessageSpans {
  readonly #receive: string
  readonly #send: string

  constructor(
    private readonly connectionId: string,
    route: string | undefined,
    private readonly links: SpanContexts,
    /** The path is excluded from tracing, and what comes in on it too. */
    private readonly untraced: boolean,
  ) {
    const name = route ?? 'websocket'
    this.#receive = `receive ${name}`
    this.#send = `send ${name}`
  }

  /** The span of a message that came in, below the one its sender names, if any. */
  received(data: unknown, isBinary: unknown, carrier: TraceCarrier = NO_CARRIER): Traced {
    const { links, untraced } = this
    return { carrier, links, untraced, span: new ReceivedSpan(this.#receive, data, isBinary === true) }
  }

  /** The span of a message that goes out; undefined where none is recorded. */
  sent(data: unknown, options: unknown): OpenSpan | undefined {
    const { binary } = (options ?? {}) as { binary?: unknown }
    const isBinary = typeof binary === 'boolean' ? binary : typeof data !== 'string'
    const attributes = { 'ws.conn_id': this.connectionId, ...messageAttributes(data, isBinary) }
    return openSpan({ name: this.#send, kind: 'producer', attributes, links: this.links })
  }
}

/** What of it costs is read only where the span is recorded. */
class ReceivedSpan implements UnitSpan {
  readonly kind = 'consumer'

  constructor(
    readonly name: string,
    private readonly data: unknown,
    private readonly isBinary: boolean,
  ) {}

  attributes(): object {
    return messageAttributes(this.data, this.isBinary)
  }
}

function messageAttributes(data: unknown, isBinary: boolean): object {
  return { 'ws.message.type': isBinary ? 'binary' : 'text', 'ws.message.size': messageSize(data) }
}
