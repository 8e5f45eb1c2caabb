import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type Answer,
  contentTypes,
  decodeRequest,
  type Encoding,
  encodingOf,
  failure,
  type Payload,
  type Signal,
  success,
} from '@throughline/otlp'
import { send } from '../answer.js'
import { defectRefusal, methodRefusal, Refusal } from '../refusal.js'
import type { TelemetryStore } from '../telemetry-store.js'
import { decompress, InFlight, readBody } from './body.js'
import { hasTooManyMessages } from './count-messages.js'
import type { ReceiveLimits } from './limits.js'
import { salvage } from './salvage.js'
import { screen } from './screen.js'

export interface ReceiverParts {
  readonly store: Pick<TelemetryStore, 'add'>
  readonly limits: ReceiveLimits
  /** Told of what should not have happened. */
  readonly onDefect: (error: unknown) => void
}

/** The receiver of OTLP over HTTP, as far as what is posted to one of its paths. */
export class Receiver {
  readonly #inFlight: InFlight
  #refused = 0

  constructor(readonly parts: ReceiverParts) {
    this.#inFlight = new InFlight(parts.limits.bytesInFlight)
  }

  /** Records that could not be read, and requests that were refused as a whole. */
  get refused(): number {
    return this.#refused
  }

  async receive(
    request: IncomingMessage,
    response: ServerResponse,
    signal: Signal | undefined,
  ): Promise<void> {
    try {
      if (signal === undefined) throw new Refusal(404, 'Nothing is received here.')
      if (request.method !== 'POST') throw methodRefusal(request.method, 'POST')
      const encoding = encodingOf(request.headers['content-type'])
      if (encoding === undefined) throw wrongType(request)
      sendOtlp(request, response, await this.#take(request, signal, encoding))
    } catch (error) {
      // The sender has left: nobody is there to answer.
      if (request.destroyed && !request.complete) return
      const refusal = error instanceof Refusal ? error : defectRefusal()
      if (refusal !== error) this.parts.onDefect(error)
      this.refuse(request, response, refusal)
    }
  }

  /** Says no in the sender's encoding. */
  refuse(request: IncomingMessage, response: ServerResponse, { status, message, headers }: Refusal): void {
    this.#refused += 1
    const encoding = encodingOf(request.headers['content-type']) ?? 'json'
    sendOtlp(request, response, failure(encoding, status, message, headers))
  }

  async #take(request: IncomingMessage, signal: Signal, encoding: Encoding): Promise<Answer> {
    const { wireBytes, bodyBytes, messages } = this.parts.limits
    const wire = await readBody(request, wireBytes, this.#inFlight)
    const body = decompress(wire, request.headers['content-encoding'], bodyBytes)
    const { payload, unreadable } = decode(signal, encoding, body, messages)
    const rejected = unreadable + screen(payload)
    const added = this.parts.store.add(payload)
    this.#refused += rejected
    const all = rejected + added.rejected
    if (all === 0) return success(signal, encoding)
    const reason =
      rejected === 0 ? added.reason : 'Records that cannot be decoded, or have ids of a wrong length.'
    return success(signal, encoding, { rejected: all, message: reason ?? '' })
  }
}

function decode(
  signal: Signal,
  encoding: Encoding,
  body: Uint8Array,
  limit: number,
): { payload: Payload; unreadable: number } {
  const options = { anyIds: true, unknownFields: false }
  try {
    if (hasTooManyMessages(signal, encoding, body, limit)) {
      throw new Refusal(413, `The body holds more than ${limit} messages; send smaller batches.`)
    }
    return { payload: decodeRequest(signal, encoding, body, options), unreadable: 0 }
  } catch (error) {
    if (error instanceof Refusal) throw error
    try {
      const saved = salvage(signal, encoding, body)
      return { payload: decodeRequest(signal, encoding, saved.body, options), unreadable: saved.rejected }
    } catch {
      // It is not one record: the first error says what is wrong.
      throw broken(error)
    }
  }
}

function wrongType({ headers }: IncomingMessage): Refusal {
  const accepted = Object.values(contentTypes).join(' or ')
  return new Refusal(415, `Content-Type is "${headers['content-type'] ?? ''}"; send ${accepted}.`)
}

function broken(error: unknown): Refusal {
  const text = error instanceof Error ? error.message : String(error)
  return new Refusal(400, `The body cannot be decoded: ${text.slice(0, 300)}`)
}

function sendOtlp(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, encoding, body }: Answer,
): void {
  send(request, response, { status, headers, type: contentTypes[encoding], body })
}
