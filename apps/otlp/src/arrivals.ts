import { inspect } from 'node:util'
import { logRecordsOf } from './log-records.js'
import { metricsOf } from './metrics.js'
import { type OtlpRequest, type Outcome } from './request.js'
import { type Payload } from './signal.js'
import { spansOf } from './spans.js'

const SHOWN_REQUESTS = 10
const SHOWN_NAMES = 8

/** A request while more becomes known of it. */
export type Arrival = { -readonly [Key in keyof OtlpRequest]: OtlpRequest[Key] }

/** The requests so far, and who waits for more. */
export class Arrivals {
  readonly requests: Arrival[] = []
  readonly #listeners = new Set<() => void>()

  add(arrival: Arrival): void {
    this.requests.push(arrival)
    this.#changed()
  }

  /** The first word counts: a connection that breaks later changes nothing. */
  settle(arrival: Arrival, outcome: Outcome, status?: number): void {
    if (arrival.outcome !== 'pending') return
    arrival.outcome = outcome
    arrival.status = status
    this.#changed()
  }

  clear(): void {
    this.requests.length = 0
  }

  /** Calls back at every change; returns the way to end that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  accepted(): Payload[] {
    return this.requests.flatMap(({ outcome, payload }) =>
      outcome === 'accepted' && payload !== undefined ? [payload] : [],
    )
  }

  /** The latest requests, a line each. */
  describe(): string {
    if (this.requests.length === 0) return 'No request has arrived.'
    const lines = this.requests.slice(-SHOWN_REQUESTS).map(describeRequest)
    const earlier = this.requests.length - lines.length
    return [`Arrived${earlier > 0 ? ` (${earlier} earlier ones not shown)` : ''}:`, ...lines].join('\n')
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

function describeRequest({ method, path, bytes, outcome, status, problem, payload }: OtlpRequest): string {
  const answer = status === undefined ? outcome : `${outcome} (${status})`
  const content = payload === undefined ? '' : `, ${describePayload(payload)}`
  return `  ${method} ${path}, ${bytes} bytes, ${answer}${content}${problem === undefined ? '' : `, ${problem}`}`
}

function describePayload(payload: Payload): string {
  if (payload.signal === 'traces') return names('spans', spansOf(payload.message))
  if (payload.signal === 'metrics') return names('metrics', metricsOf(payload.message))
  const records = logRecordsOf(payload.message)
  return names(
    'log records',
    records.map(({ eventName, body }) => ({ name: eventName || inspect(body) })),
  )
}

function names(noun: string, items: readonly { readonly name: string }[]): string {
  if (items.length === 0) return `no ${noun}`
  const shown = items.slice(0, SHOWN_NAMES).map(({ name }) => JSON.stringify(name.slice(0, 60)))
  return `${noun}: ${shown.join(', ')}${items.length > shown.length ? `, … (${items.length})` : ''}`
}
