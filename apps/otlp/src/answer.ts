import { create, toBinary, toJson, type DescMessage, type MessageShape } from '@bufbuild/protobuf'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { contentTypes, type Encoding } from './decode.js'
import { StatusSchema } from './proto/google/rpc/status_pb.js'
import { ExportLogsServiceResponseSchema } from './proto/opentelemetry/proto/collector/logs/v1/logs_service_pb.js'
import { ExportMetricsServiceResponseSchema } from './proto/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js'
import { ExportTraceServiceResponseSchema } from './proto/opentelemetry/proto/collector/trace/v1/trace_service_pb.js'
import { type Signal } from './signal.js'

export interface Rejection {
  readonly rejected: number
  readonly message?: string
}

/** What is sent back, in the encoding of the request. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly encoding: Encoding
  readonly body: Uint8Array
}

/** 200 with an Export…ServiceResponse; an unset partial_success says that all is well. */
export function success(signal: Signal, encoding: Encoding, rejection?: Rejection): Answer {
  return { status: 200, headers: {}, encoding, body: responseBody(signal, encoding, rejection) }
}

/** An error status; OTLP asks for a google.rpc.Status in its body. */
export function failure(
  encoding: Encoding,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers,
    encoding,
    body: encode(StatusSchema, encoding, create(StatusSchema, { message })),
  }
}

/** 200 with a body that is neither JSON nor protobuf: 0xff starts no field. */
export function garbage(encoding: Encoding): Answer {
  return { status: 200, headers: {}, encoding, body: Buffer.alloc(32, 0xff) }
}

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, encoding, body }: Answer,
): void {
  // The rest of a body that was refused is read and dropped: closing now would reset the answer away.
  request.resume()
  response.writeHead(status, {
    'content-type': contentTypes[encoding],
    'content-length': body.length,
    ...headers,
  })
  response.end(body)
}

function responseBody(signal: Signal, encoding: Encoding, rejection: Rejection | undefined): Uint8Array {
  const count = BigInt(rejection?.rejected ?? 0)
  const partial = <Counts extends object>(counts: Counts) =>
    rejection && { partialSuccess: { ...counts, errorMessage: rejection.message ?? '' } }

  if (signal === 'traces') {
    const schema = ExportTraceServiceResponseSchema
    return encode(schema, encoding, create(schema, partial({ rejectedSpans: count })))
  }
  if (signal === 'logs') {
    const schema = ExportLogsServiceResponseSchema
    return encode(schema, encoding, create(schema, partial({ rejectedLogRecords: count })))
  }
  const schema = ExportMetricsServiceResponseSchema
  return encode(schema, encoding, create(schema, partial({ rejectedDataPoints: count })))
}

function encode<Schema extends DescMessage>(
  schema: Schema,
  encoding: Encoding,
  message: MessageShape<Schema>,
): Uint8Array {
  if (encoding === 'protobuf') return toBinary(schema, message)
  return Buffer.from(JSON.stringify(toJson(schema, message)))
}
