import { toBinary } from '@bufbuild/protobuf'
import { decodeRequest, requestSchemas } from '@throughline/otlp'

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
export const SPAN_ID = 'b7ad6b7169203331'

const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] }
const scope = { name: 'test' }

/** A request's body in OTLP's JSON with these log records. */
export function logsJson(...logRecords: unknown[]): string {
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] })
}

export function spansJson(...spans: unknown[]): string {
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] })
}

export function logRecord(fields: object = {}): object {
  return {
    timeUnixNano: '1700000000000000000',
    severityNumber: 9,
    eventName: 'pick_made',
    body: { stringValue: 'picked' },
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    ...fields,
  }
}

export function span(fields: object = {}): object {
  return {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    name: 'GET /heroes',
    kind: 2,
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: '1700000000050000000',
    attributes: [{ key: 'request.id', value: { stringValue: 'pick-1' } }],
    ...fields,
  }
}

/** The same body as protobuf. */
export function binary(signal: 'logs' | 'traces', json: string): Uint8Array {
  const { message } = decodeRequest(signal, 'json', Buffer.from(json), { anyIds: true })
  return toBinary(requestSchemas[signal] as never, message as never)
}
