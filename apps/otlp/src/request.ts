import { type IncomingHttpHeaders } from 'node:http'
import { type Payload } from './signal.js'

/**
 * `accepted`: answered with 2xx. `refused`: answered with another status, or reset. `abandoned`: the client or `stop`
 * closed the connection before the answer. Only accepted requests count in the views: the others come again.
 */
export type Outcome = 'pending' | 'accepted' | 'refused' | 'abandoned'

/** A request as it arrived; `outcome`, `status` and `problem` follow when it is answered. */
export interface OtlpRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The body's size on the wire, and after decompression. */
  readonly wireBytes: number
  readonly bytes: number
  /** Absent when the body could not be decoded. */
  readonly payload: Payload | undefined
  readonly outcome: Outcome
  /** The status that was answered; absent when there was no answer. */
  readonly status: number | undefined
  /** What is wrong with the request. */
  readonly problem: string | undefined
}

/** An error that becomes an answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
