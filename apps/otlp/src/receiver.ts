import { Arrivals } from './arrivals.js'
import { exchange } from './exchange.js'
import { Faults, type Fault, type FaultScope } from './fault.js'
import { listen, type Listener } from './listener.js'
import { logRecordsOf, type OtlpLogRecord } from './log-records.js'
import { metricsOf, type OtlpMetric } from './metrics.js'
import { type OtlpRequest } from './request.js'
import { type Payload, type Signal, type SignalMessages } from './signal.js'
import { spansOf, type OtlpSpan } from './spans.js'
import { until, type Truthy } from './until.js'

export interface OtlpReceiverOptions {
  /** Any free one by default. */
  readonly port?: number
  /** The largest body, in bytes, on the wire and decompressed; 64 MiB by default. */
  readonly maxBytes?: number
  /** How long `until` waits, in milliseconds; 15 s by default, so that its error comes before the test's timeout. */
  readonly patienceMs?: number
}

/** What has arrived, and how to answer from now on. Messages and views are of the accepted requests only. */
export interface OtlpReceiver {
  /** The base of the three paths, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Every request since the last `clear`, in the order in which their bodies were complete. */
  readonly requests: readonly OtlpRequest[]
  readonly traces: readonly SignalMessages['traces'][]
  readonly logs: readonly SignalMessages['logs'][]
  readonly metrics: readonly SignalMessages['metrics'][]
  readonly spans: () => OtlpSpan[]
  readonly logRecords: () => OtlpLogRecord[]
  /** One entry for each metric of each export. */
  readonly metricPoints: () => OtlpMetric[]
  /**
   * Resolves with the predicate's first truthy value, asked now and after each request. Rejects when the predicate
   * throws, on `stop`, and after `patienceMs`; the error names `what` and lists what has arrived.
   *
   * @example
   * const span = await receiver.until((r) => r.spans().find(({ name }) => name === 'GET /games'), 'the server span')
   */
  readonly until: <T>(predicate: (receiver: OtlpReceiver) => T, what: string) => Promise<Truthy<T>>
  /** Misbehaves from the next request on; replaces the fault before. */
  readonly respondWith: (fault: Fault, scope?: FaultScope) => void
  /** Ends the fault of one signal, or of all. */
  readonly respondNormally: (signal?: Signal) => void
  /** Forgets the requests so far; faults stay. */
  readonly clear: () => void
  /** Dies: destroys every connection and refuses new ones, until `resume` on the same port. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
  /** Ends for good; safe to call twice. What has arrived stays readable. */
  readonly stop: () => Promise<void>
}

/**
 * Starts an OTLP/HTTP receiver on 127.0.0.1 in this process: protobuf and JSON, plain and gzip.
 *
 * @example
 * const receiver = await startOtlpReceiver()
 * const exporter = new OTLPTraceExporter({ url: `${receiver.url}/v1/traces` })
 * // …
 * expect(spanTrees(receiver.spans())).toEqual([…])
 * await receiver.stop()
 */
export async function startOtlpReceiver({
  port = 0,
  maxBytes = 64 * 1024 * 1024,
  patienceMs = 15_000,
}: OtlpReceiverOptions = {}): Promise<OtlpReceiver> {
  const arrivals = new Arrivals()
  const faults = new Faults()
  const stopped = new AbortController()
  const open = (at: number) =>
    listen((request, response) => void exchange({ arrivals, faults, maxBytes }, request, response), at)
  const first = await open(port)
  let current: Promise<Listener | undefined> = Promise.resolve(first)

  /** One change after the other. Should the port be taken at a `resume`, the receiver is as good as paused. */
  const change = async (step: (listener: Listener | undefined) => Promise<Listener | undefined>) => {
    const next = current.then(step)
    current = next.catch(() => undefined)
    await next
  }
  const pause = () =>
    change(async (listener) => {
      await listener?.close()
      return undefined
    })

  const receiver: OtlpReceiver = {
    url: `http://127.0.0.1:${first.port}`,
    port: first.port,
    requests: arrivals.requests,
    get traces() {
      return messages(arrivals.accepted(), 'traces')
    },
    get logs() {
      return messages(arrivals.accepted(), 'logs')
    },
    get metrics() {
      return messages(arrivals.accepted(), 'metrics')
    },
    spans: () => receiver.traces.flatMap(spansOf),
    logRecords: () => receiver.logs.flatMap(logRecordsOf),
    metricPoints: () => receiver.metrics.flatMap(metricsOf),
    until: (predicate, what) =>
      until(arrivals, () => predicate(receiver), { what, patienceMs, stopped: stopped.signal }),
    respondWith: (fault, scope) => faults.set(fault, scope),
    respondNormally: (signal) => faults.reset(signal),
    clear: () => arrivals.clear(),
    pause,
    resume: async () => {
      if (stopped.signal.aborted) throw new Error('The receiver was stopped: start another one.')
      await change(async (listener) => listener ?? (await open(first.port)))
    },
    stop: async () => {
      stopped.abort()
      await pause()
    },
  }
  return receiver
}

function messages<S extends Signal>(payloads: readonly Payload[], signal: S): SignalMessages[S][] {
  return payloads.flatMap((payload) =>
    payload.signal === signal ? [payload.message as SignalMessages[S]] : [],
  )
}
