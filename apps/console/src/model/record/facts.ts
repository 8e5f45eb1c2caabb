import { type LogRecord, type Span, Span_SpanKind, Status_StatusCode } from '@throughline/otlp'
import { type Value } from '../../shared/api.js'
import { idOf } from './ids.js'
import { labelsOf } from './labels.js'
import { levelOf } from './levels.js'
import { numberOf, stringOf, textOf } from './value.js'

export type Role = 'line' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'

/** What Throughline's own lines say of a unit of work. */
export type Mark =
  | 'request_completed'
  | 'request_failed'
  | 'job_started'
  | 'job_completed'
  | 'job_failed'
  | 'job_deferred'
  | 'task_completed'
  | 'task_failed'
  | 'ws_connected'
  | 'ws_disconnected'
  | 'ws_error'
  | 'ws_receive'
  | 'ws_send'

const MARK =
  /^(?:throughline\.)?(request_(?:completed|failed)|job_(?:started|completed|failed|deferred)|task_(?:completed|failed)|ws_(?:connected|disconnected|error|receive|send))$/

const FAILURES: ReadonlySet<Mark> = new Set(['request_failed', 'job_failed', 'task_failed', 'ws_error'])

/** What is read from a record when it arrives, so that rows of the list need not decode it again. */
export interface Facts {
  readonly role: Role
  /** Of the span; of a line its event, else the first line of its text. */
  readonly name: string
  /** Whether a line names its event. */
  readonly named: boolean
  readonly level: number
  readonly failed: boolean
  readonly mark: Mark | undefined
  readonly method: string | undefined
  readonly path: string | undefined
  readonly statusCode: number | undefined
  readonly durationMs: number | undefined
  readonly errorType: string | undefined
  readonly errorMessage: string | undefined
  readonly userId: string | undefined
  /** As shown: "draft 6"; undefined where it carries none. */
  readonly labels: readonly string[] | undefined
  readonly jobId: string | undefined
  readonly jobName: string | undefined
  readonly queue: string | undefined
  readonly attempt: number | undefined
  readonly attemptsLeft: number | undefined
  readonly deferred: boolean
  readonly connection: string | undefined
  /** Whether it is about one message of a socket. */
  readonly isMessage: boolean
  readonly messaging: string | undefined
  readonly operation: string | undefined
  readonly database: string | undefined
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
}

type AttributeMap = ReadonlyMap<string, Value>

const NO_LINKS: Facts['links'] = []
const MAX_LINKS = 32
const MAX_TEXT = 300

export function lineFacts(record: LogRecord, body: Value, attributes: AttributeMap): Facts {
  const event = record.eventName || stringOf(attributes.get('event.name'))
  const name = event ?? textOf(body).split('\n', 1)[0] ?? ''
  const mark = MARK.exec(name)?.[1] as Mark | undefined
  return {
    ...shared(attributes),
    role: 'line',
    name: name.slice(0, MAX_TEXT),
    named: event !== undefined,
    level: levelOf(record.severityNumber, record.severityText),
    failed: mark !== undefined && FAILURES.has(mark),
    mark,
    deferred: mark === 'job_deferred',
    isMessage: mark === 'ws_receive' || mark === 'ws_send',
    links: NO_LINKS,
  }
}

const roles: Readonly<Record<Span_SpanKind, Role>> = {
  [Span_SpanKind.UNSPECIFIED]: 'internal',
  [Span_SpanKind.INTERNAL]: 'internal',
  [Span_SpanKind.SERVER]: 'server',
  [Span_SpanKind.CLIENT]: 'client',
  [Span_SpanKind.PRODUCER]: 'producer',
  [Span_SpanKind.CONSUMER]: 'consumer',
}

export function spanFacts(span: Span, attributes: AttributeMap): Facts {
  const failed = span.status?.code === Status_StatusCode.ERROR
  const fromAttributes = shared(attributes)
  return {
    ...fromAttributes,
    role: roles[span.kind] ?? 'internal',
    name: span.name.slice(0, MAX_TEXT),
    named: true,
    level: 0,
    failed,
    mark: undefined,
    errorMessage: failed ? messageOf(span) : undefined,
    deferred: attributes.has('job.deferred_reason'),
    isMessage: attributes.has('ws.message.type') || attributes.has('ws.message.size'),
    links:
      span.links.length === 0
        ? NO_LINKS
        : span.links
            .slice(0, MAX_LINKS)
            .map((link) => ({ traceId: idOf(link.traceId, 16), spanId: idOf(link.spanId, 8) })),
  }
}

function messageOf(span: Span): string | undefined {
  const thrown = span.events.find(({ name }) => name === 'exception')
  const given = thrown?.attributes.find(({ key }) => key === 'exception.message')?.value?.value
  const message = given?.case === 'stringValue' ? given.value : span.status?.message
  return message === '' ? undefined : message?.slice(0, MAX_TEXT)
}

/** The former names of OpenTelemetry's conventions come second. */
function shared(attributes: AttributeMap) {
  const text = (...keys: readonly string[]): string | undefined => {
    for (const key of keys) {
      const value = stringOf(attributes.get(key))
      if (value !== undefined) return value.slice(0, MAX_TEXT)
    }
    return undefined
  }
  const method = text('http.request.method', 'http.method')
  return {
    method,
    path: method === undefined ? undefined : text('http.route', 'url.path', 'http.target')?.split('?', 1)[0],
    statusCode: numberOf(attributes.get('http.response.status_code') ?? attributes.get('http.status_code')),
    durationMs: numberOf(attributes.get('duration_ms')),
    errorType: text('exception.type', 'error.type'),
    errorMessage: text('exception.message'),
    userId: text('user.id', 'enduser.id'),
    labels: labelsOf(attributes),
    jobId: text('job.id', 'bullmq.job.id', 'messaging.bullmq.job.id'),
    jobName: text('job.name', 'bullmq.job.name'),
    queue: text('job.queue', 'messaging.destination.name', 'messaging.destination', 'bullmq.queue.name'),
    attempt: numberOf(attributes.get('job.attempt')),
    attemptsLeft: numberOf(attributes.get('job.attempts_left')),
    connection: text('ws.conn_id'),
    messaging: text('messaging.system'),
    operation: text('messaging.operation.type', 'messaging.operation'),
    database: text('db.system.name', 'db.system'),
  }
}
