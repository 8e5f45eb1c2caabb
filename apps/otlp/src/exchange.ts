import { type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure, garbage, send, success, type Answer } from './answer.js'
import { type Arrival, type Arrivals } from './arrivals.js'
import { decompress, readBody } from './body.js'
import { decodeRequest, encodingOf } from './decode.js'
import { type Fault, type Faults } from './fault.js'
import { Refusal } from './request.js'
import { signalOfPath, type Payload } from './signal.js'

export interface Exchange {
  readonly arrivals: Arrivals
  readonly faults: Faults
  /** The largest body, in bytes. */
  readonly maxBytes: number
}

/** Takes one request, from its headers to its answer. */
export async function exchange(
  { arrivals, faults, maxBytes }: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const arrival = newArrival(request)
  const closed = new AbortController()
  response.once('close', () => {
    closed.abort()
    arrivals.settle(arrival, 'abandoned')
  })
  const signal = request.method === 'POST' ? signalOfPath(arrival.path) : undefined
  const fault = signal && faults.take(signal)
  try {
    if (fault?.kind === 'reset' && fault.after === 'headers') {
      arrivals.add(arrival)
      return reset()
    }
    const refusal = await receive(arrival, request, { fault, limit: maxBytes, closed: closed.signal })
    arrivals.add(arrival)
    if (fault?.kind === 'hang') return undefined
    if (fault?.kind === 'reset') return reset()
    if (fault?.kind === 'slow') await sleep(fault.delayMs, undefined, { signal: closed.signal })
    const answer = answerTo(arrival, fault, refusal)
    if (closed.signal.aborted) return undefined
    // Before the answer leaves: who has it may look at once.
    arrivals.settle(arrival, answer.status < 300 ? 'accepted' : 'refused', answer.status)
    send(request, response, answer)
  } catch (error) {
    if (closed.signal.aborted) return undefined
    arrival.problem = String(error)
    response.destroy()
  }
  return undefined

  function reset(): undefined {
    arrivals.settle(arrival, 'refused')
    request.socket.resetAndDestroy()
  }
}

interface Reception {
  readonly fault: Fault | undefined
  readonly limit: number
  readonly closed: AbortSignal
}

/** Fills in what the body tells; returns what is wrong with the request. */
async function receive(
  arrival: Arrival,
  request: IncomingMessage,
  { fault, limit, closed }: Reception,
): Promise<Refusal | undefined> {
  try {
    const pauseMs = fault?.kind === 'slow-read' ? fault.pauseMs : 0
    const wire = await readBody(request, { limit, pauseMs, signal: closed })
    arrival.wireBytes = wire.length
    const body = await decompress(wire, arrival.headers['content-encoding'], limit)
    arrival.bytes = body.length
    arrival.payload = decode(arrival, body)
    return undefined
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(400, String(error))
    arrival.problem = refusal.message
    return refusal
  }
}

function decode({ method, path, headers }: Arrival, body: Uint8Array): Payload {
  const signal = signalOfPath(path)
  if (signal === undefined) throw new Refusal(404, `Nothing is received at ${path}.`)
  if (method !== 'POST') throw new Refusal(405, `The method is ${method}; send POST.`)
  const encoding = encodingOf(headers['content-type'])
  if (encoding === undefined) {
    const given = headers['content-type'] ?? ''
    throw new Refusal(415, `Content-Type is "${given}"; send application/x-protobuf or application/json.`)
  }
  return decodeRequest(signal, encoding, body)
}

function answerTo(
  { headers, payload }: Arrival,
  fault: Fault | undefined,
  refusal: Refusal | undefined,
): Answer {
  const encoding = encodingOf(headers['content-type']) ?? 'protobuf'
  if (fault?.kind === 'status' && (fault.status >= 300 || payload === undefined)) {
    return failure(encoding, fault.status, fault.message ?? '', fault.headers)
  }
  if (payload === undefined) return failure(encoding, refusal?.status ?? 400, refusal?.message ?? '')
  if (fault?.kind === 'garbage') return garbage(encoding)
  if (fault?.kind === 'partial') return success(payload.signal, encoding, fault)
  const well = success(payload.signal, encoding)
  return fault?.kind === 'status' ? { ...well, status: fault.status, headers: fault.headers ?? {} } : well
}

function newArrival({ method = '', url = '', headers }: IncomingMessage): Arrival {
  return {
    method,
    path: url,
    headers,
    wireBytes: 0,
    bytes: 0,
    payload: undefined,
    outcome: 'pending',
    status: undefined,
    problem: undefined,
  }
}
