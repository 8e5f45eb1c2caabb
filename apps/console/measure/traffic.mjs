/** Requests as services with Throughline send them: of four, one adds a job that fails once; 7 records a request. */
import { randomBytes, randomUUID } from 'node:crypto'
import { toBinary } from '@bufbuild/protobuf'
import { decodeRequest, requestSchemas } from '@throughline/otlp'

const [INFO, WARN] = [9, 13]
const [SERVER, CLIENT, PRODUCER, CONSUMER] = [2, 3, 4, 5]
const QUEUE = 'match-stats'
const PICKS = '/api/tournaments/{tournamentId}/drafts/{draftId}/picks'

/**
 * Four requests: 20 lines and 8 spans, of the API and, later, of the worker. `number` tells them apart; `padding` is text
 * that each line has in addition.
 */
export function fourRequests(number, at, padding = '') {
  const pick = pickWithJob(number, at)
  const looks = [1, 2, 3].map((each) => look(4 * number + each, at + each))
  const pad = (record) =>
    'kind' in record || padding === '' ? record : { ...record, body: anyValue(padding) }
  return { api: [pick.api, ...looks].flat().map(pad), worker: pick.worker.map(pad) }
}

/** One request with 5,001 rows: 3,000 lines and 2,001 spans. */
export function largeRequest(id, at) {
  const { context, span, line } = requestOf(id, 7)
  const root = spanId()
  const lines = Array.from({ length: 3000 }, (_, step) => line(root, at + step, 'work.step_done', { step }))
  const query = { 'db.system.name': 'postgresql', 'db.query.text': 'select id from users where token = $1' }
  const spans = Array.from({ length: 2000 }, (_, step) =>
    span(spanId(), root, 'pg.query:SELECT postgres', CLIENT, at + step, 1, { ...query, ...context }),
  )
  return [
    span(root, undefined, 'POST /large', SERVER, at, 3000, http('POST', '/large', 200)),
    ...spans,
    ...lines,
  ]
}

/** The bodies of export requests with these records, as protobuf, by signal. */
export function bodiesOf(recordsByService) {
  const services = Object.entries(recordsByService)
  const scope = { name: '@throughline/core' }
  const part = (isSpan, wrap) =>
    services.map(([service, records]) => ({
      resource: resourceOf(service),
      ...wrap(records.filter((record) => 'kind' in record === isSpan)),
    }))
  return {
    logs: encoded('logs', {
      resourceLogs: part(false, (logRecords) => ({ scopeLogs: [{ scope, logRecords }] })),
    }),
    traces: encoded('traces', {
      resourceSpans: part(true, (spans) => ({ scopeSpans: [{ scope, spans }] })),
    }),
  }
}

function encoded(signal, body) {
  const { message } = decodeRequest(signal, 'json', Buffer.from(JSON.stringify(body)))
  return toBinary(requestSchemas[signal], message)
}

function look(number, at) {
  const { context, span, line } = requestOf(randomUUID(), number)
  const root = spanId()
  const answered = http('GET', '/api/leagues/{leagueId}/standings', number % 50 === 1 ? 503 : 200)
  return [
    line(root, at + 1, 'standings.cache_missed', { 'cache.key': `league:${number}` }),
    line(root, at + 6, 'standings.shown', { rows: 20 }),
    line(root, at + 9, 'throughline.request_completed', { ...answered, duration_ms: 9.1 }),
    span(root, undefined, 'GET', SERVER, at, 9.5, { ...context, ...answered }),
  ]
}

function pickWithJob(number, at) {
  const { context, span, line } = requestOf(randomUUID(), 4 * number)
  const [root, query, producer, first, second] = Array.from({ length: 5 }, spanId)
  const answered = http('POST', PICKS, 202)
  const job = (attempt) => ({
    'job.id': String(number),
    'job.name': 'process_match_stats',
    'job.queue': QUEUE,
    'job.attempt': attempt,
  })
  const bullmq = { 'messaging.system': 'bullmq', 'messaging.destination.name': QUEUE }
  const process = { ...context, ...bullmq, 'messaging.operation.type': 'process' }
  const failed = { 'exception.type': 'Error', 'exception.message': 'the table is locked' }
  return {
    api: [
      line(root, at + 2, 'draft.pick_checked', { 'hero.name': 'ember' }),
      line(root, at + 4, 'draft.pick_made', { 'hero.name': 'ember', 'pick.id': number }),
      line(root, at + 20, 'throughline.request_completed', { ...answered, duration_ms: 19.7 }),
      span(query, root, 'pg.query:INSERT postgres', CLIENT, at + 2, 2, {
        'db.system.name': 'postgresql',
        'db.query.text': 'insert into picks (draft, hero) values ($1, $2)',
      }),
      span(producer, root, `add ${QUEUE}`, PRODUCER, at + 5, 3, { ...bullmq, 'job.id': String(number) }),
      span(root, undefined, 'POST', SERVER, at, 20, { ...context, ...answered }),
    ],
    worker: [
      line(first, at + 30, 'throughline.job_started', job(1)),
      line(first, at + 36, 'stats.cache_missed', { ...job(1), 'cache.key': `hero:ember:${number}` }),
      line(first, at + 39, 'throughline.job_failed', { ...job(1), ...failed, 'job.attempts_left': 2 }, WARN),
      span(first, producer, `process ${QUEUE}`, CONSUMER, at + 30, 10, { ...process, ...job(1) }, failed),
      line(second, at + 60, 'throughline.job_started', job(2)),
      line(second, at + 66, 'stats.rating_requested', job(2)),
      line(second, at + 69, 'stats.rating_received', { ...job(2), points: 5 }),
      line(second, at + 72, 'stats.stats_processed', job(2)),
      line(second, at + 74, 'throughline.job_completed', { ...job(2), duration_ms: 14.9 }),
      span(second, producer, `process ${QUEUE}`, CONSUMER, at + 60, 15, { ...process, ...job(2) }),
    ],
  }
}

/** Makes the records of one request. */
function requestOf(id, number) {
  const traceId = randomBytes(16).toString('hex')
  const context = {
    'request.id': id,
    labels: ['tournament', 'draft'],
    'tournament.id': number % 50,
    'draft.id': number % 7,
    'user.id': number % 900,
  }
  return {
    context,
    span: (spanId, parentSpanId, name, kind, start, ms, attributes, thrown) => ({
      traceId,
      spanId,
      ...(parentSpanId === undefined ? {} : { parentSpanId }),
      name,
      kind,
      startTimeUnixNano: nanos(start),
      endTimeUnixNano: nanos(start + ms),
      attributes: keyValues(attributes),
      ...(thrown === undefined
        ? {}
        : {
            status: { code: 2, message: thrown['exception.message'] },
            events: [{ name: 'exception', timeUnixNano: nanos(start + ms), attributes: keyValues(thrown) }],
          }),
    }),
    line: (spanId, at, eventName, attributes, severityNumber = INFO) => ({
      traceId,
      spanId,
      timeUnixNano: nanos(at),
      observedTimeUnixNano: nanos(at),
      severityNumber,
      eventName,
      body: { stringValue: eventName },
      attributes: keyValues({ ...context, ...attributes, 'event.name': eventName }),
    }),
  }
}

function http(method, route, status) {
  return { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status }
}

function resourceOf(service) {
  return {
    attributes: keyValues({
      'service.name': `tournament-${service}`,
      'service.instance.id': `${service}-1`,
      'host.name': 'host',
      'process.pid': 42,
      'telemetry.sdk.name': 'opentelemetry',
    }),
  }
}

function keyValues(attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }))
}

function anyValue(value) {
  if (typeof value === 'string') return { stringValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

function spanId() {
  return randomBytes(8).toString('hex')
}

function nanos(ms) {
  return String(BigInt(Math.round(ms * 1000)) * 1000n)
}
