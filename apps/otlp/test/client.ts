import { create, toBinary } from '@bufbuild/protobuf'
import { readFileSync } from 'node:fs'
import { startOtlpReceiver, type OtlpReceiver, type OtlpReceiverOptions } from '../src/index.js'
import {
  ExportTraceServiceRequestSchema,
  type ExportTraceServiceRequest,
} from '../src/proto/opentelemetry/proto/collector/trace/v1/trace_service_pb.js'

const started: OtlpReceiver[] = []

export async function start(options?: OtlpReceiverOptions): Promise<OtlpReceiver> {
  const receiver = await startOtlpReceiver(options)
  started.push(receiver)
  return receiver
}

export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((receiver) => receiver.stop()))
}

export interface Post {
  readonly path?: string
  readonly method?: string
  readonly type?: string
  readonly encoding?: string
  readonly body?: Uint8Array | string
  readonly signal?: AbortSignal
}

/** Posts one span as protobuf, but for what is given. */
export function post(receiver: OtlpReceiver, post: Post = {}): Promise<Response> {
  const { path = '/v1/traces', method = 'POST', type = 'application/x-protobuf', encoding, signal } = post
  return fetch(receiver.url + path, {
    method,
    headers: { 'content-type': type, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
    ...(method === 'GET' ? {} : { body: Uint8Array.from(Buffer.from(post.body ?? spanBytes())) }),
    ...(signal === undefined ? {} : { signal }),
  })
}

export function spanBytes(name = 'a span'): Uint8Array {
  return toBinary(ExportTraceServiceRequestSchema, spanMessage(name))
}

export function spanMessage(name: string): ExportTraceServiceRequest {
  const span = { traceId: Buffer.alloc(16, 0xab), spanId: Buffer.alloc(8, 0xcd), name }
  return create(ExportTraceServiceRequestSchema, { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
}

/** One of the examples of opentelemetry-proto 1.11.0, as it stands there. */
export function example(name: 'trace' | 'logs' | 'metrics' | 'events'): string {
  return readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')
}
