import { validateHeaderName, validateHeaderValue } from 'node:http'
import { type Signal } from './signal.js'

/** How to misbehave. */
export type Fault =
  /** An answer with this status, `google.rpc.Status` in its body. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly message?: string
    }
  /** 200, and a body that no decoder takes. */
  | { readonly kind: 'garbage' }
  /** 200, and the word that so many records were refused. */
  | { readonly kind: 'partial'; readonly rejected: number; readonly message?: string }
  /** Takes the request, never answers. */
  | { readonly kind: 'hang' }
  /** Answers well, so many milliseconds late. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Reads the body with a pause of so many milliseconds before each chunk, then answers well. */
  | { readonly kind: 'slow-read'; readonly pauseMs: number }
  /** Resets the connection: after the whole request (default), or before it reads the body. */
  | { readonly kind: 'reset'; readonly after?: 'headers' | 'body' }

export interface FaultScope {
  /** All signals by default. */
  readonly signal?: Signal
  /** How many requests of each signal it strikes; all by default. */
  readonly times?: number
}

/** The faults in force, one for each signal. */
export class Faults {
  readonly #faults = new Map<Signal, { fault: Fault; left: number }>()

  set(fault: Fault, { signal, times = Infinity }: FaultScope = {}): void {
    if (fault.kind === 'status') check(fault)
    for (const each of signalsOf(signal)) this.#faults.set(each, { fault, left: times })
  }

  reset(signal: Signal | undefined): void {
    for (const each of signalsOf(signal)) this.#faults.delete(each)
  }

  /** The fault that strikes the next request. */
  take(signal: Signal): Fault | undefined {
    const entry = this.#faults.get(signal)
    if (entry === undefined || entry.left <= 0) return undefined
    entry.left -= 1
    return entry.fault
  }
}

/** A mistake shows where it is made, not as a fault that nobody asked for. */
function check({ status, headers = {} }: Extract<Fault, { kind: 'status' }>): void {
  if (!(status >= 200 && status <= 599))
    throw new RangeError(`The status is ${status}: use one from 200 to 599.`)
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
}

function signalsOf(signal: Signal | undefined): readonly Signal[] {
  return signal === undefined ? ['traces', 'logs', 'metrics'] : [signal]
}
