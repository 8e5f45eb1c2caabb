/** A request as the console gets it from a service: its span and its lines, in OTLP's JSON. */
export interface Told {
  readonly requestId: string
  readonly name?: string
  readonly status?: number
  readonly user?: string
  /** Milliseconds since the epoch. */
  readonly at?: number
  readonly lines?: readonly {
    readonly level: keyof typeof SEVERITY
    readonly event: string
    readonly text?: string
  }[]
}

const SEVERITY = { debug: 5, info: 9, warn: 13, error: 17 }
const RESOURCE = { attributes: [attribute('service.name', 'shop')] }
let ids = 0

/** Sends requests in one batch for each signal. */
export async function tell(consoleUrl: string, requests: readonly Told[]): Promise<void> {
  const made = requests.map(records)
  const spans = made.map(({ span }) => span)
  const logRecords = made.flatMap(({ lines }) => lines)
  await post(consoleUrl, 'traces', { resourceSpans: [{ resource: RESOURCE, scopeSpans: [{ spans }] }] })
  await post(consoleUrl, 'logs', { resourceLogs: [{ resource: RESOURCE, scopeLogs: [{ logRecords }] }] })
}

function records({ requestId, name = 'GET /orders', status = 200, user, at = Date.now(), lines = [] }: Told) {
  const number = (++ids).toString(16)
  const traceId = number.padStart(32, '0')
  const spanId = number.padStart(16, '0')
  const context = [
    attribute('request.id', requestId),
    ...(user === undefined ? [] : [attribute('user.id', user)]),
  ]
  const failed = status >= 500
  return {
    span: {
      traceId,
      spanId,
      name,
      kind: 2,
      startTimeUnixNano: nanoseconds(at),
      endTimeUnixNano: nanoseconds(at + 12),
      attributes: [...context, attribute('http.response.status_code', status)],
      status: failed ? { code: 2, message: 'failed' } : {},
    },
    lines: lines.map(({ level, event, text }, index) => ({
      timeUnixNano: nanoseconds(at + 1 + index / 1_000),
      severityNumber: SEVERITY[level],
      severityText: level,
      eventName: event,
      body: { stringValue: text ?? event },
      attributes: context,
      traceId,
      spanId,
    })),
  }
}

async function post(consoleUrl: string, signal: string, body: object): Promise<void> {
  const response = await fetch(`${consoleUrl}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${signal}: ${response.status} ${await response.text()}`)
}

function attribute(key: string, value: string | number): object {
  return { key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }
}

function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n)
}
