import { type RecordInput } from './records.js'

const context = { 'request.id': 'abc', labels: ['tournament', 'draft'], 'tournament.id': 5, 'draft.id': 12 }
const all = { ...context, 'user.id': 7 }
const job = { 'job.id': '1', 'job.name': 'notify', 'job.queue': 'mails' }
const failure = {
  type: 'WebhookError',
  message: 'answered 503',
  stack: 'WebhookError: answered 503\n    at send',
}
const thrown = {
  'exception.type': failure.type,
  'exception.message': failure.message,
  'exception.stacktrace': failure.stack,
}
const bullmq = { 'messaging.system': 'bullmq', 'messaging.destination.name': 'mails' }
const worker = { trace: 1, service: 'worker' }

/** A request, its job that fails once, and what goes to a socket in the end: one trace of two services. */
export const retriedRequest: readonly RecordInput[] = [
  {
    trace: 1,
    span: 1,
    name: 'POST /drafts/{id}/picks',
    kind: 'server',
    at: 0,
    ms: 20,
    attributes: {
      ...context,
      'http.request.method': 'POST',
      'http.route': '/drafts/{id}/picks',
      'http.response.status_code': 202,
      'url.scheme': 'http',
      'url.path': '/drafts/12/picks',
      'server.address': '127.0.0.1',
      'server.port': 3000,
    },
  },
  {
    trace: 1,
    span: 2,
    parent: 1,
    name: 'INSERT picks',
    kind: 'client',
    at: 2,
    ms: 3,
    attributes: {
      'request.id': 'abc',
      'db.system.name': 'postgresql',
      'db.query.text': "insert into picks /*request_id='abc'*/",
    },
  },
  {
    trace: 1,
    span: 1,
    at: 6,
    event: 'draft.pick_made',
    body: 'pick_made',
    attributes: { ...all, 'hero.id': 74 },
  },
  {
    trace: 1,
    span: 3,
    parent: 1,
    name: 'add mails',
    kind: 'producer',
    at: 7,
    ms: 2,
    attributes: { ...bullmq, 'request.id': 'abc', 'messaging.operation.type': 'send', 'job.id': '1' },
  },
  {
    trace: 1,
    span: 1,
    at: 20,
    event: 'throughline.request_completed',
    attributes: { ...all, duration_ms: 20 },
  },
  {
    ...worker,
    span: 4,
    parent: 3,
    name: 'process mails',
    kind: 'consumer',
    at: 30,
    ms: 10,
    error: failure,
    attributes: { ...bullmq, ...context, ...job, 'job.attempt': 1, 'messaging.operation.type': 'process' },
  },
  {
    ...worker,
    span: 4,
    at: 31,
    event: 'throughline.job_started',
    attributes: { ...all, ...job, 'job.attempt': 1 },
  },
  {
    ...worker,
    span: 5,
    parent: 4,
    name: 'POST',
    kind: 'client',
    at: 32,
    ms: 7,
    error: failure,
    attributes: { 'request.id': 'abc' },
  },
  {
    ...worker,
    span: 4,
    at: 40,
    level: 'error',
    event: 'throughline.job_failed',
    attributes: { ...all, ...job, 'job.attempt': 1, duration_ms: 9.9, ...thrown },
  },
  {
    ...worker,
    span: 6,
    parent: 3,
    name: 'process mails',
    kind: 'consumer',
    at: 540,
    ms: 10,
    attributes: { ...bullmq, ...context, ...job, 'job.attempt': 2, 'messaging.operation.type': 'process' },
  },
  {
    ...worker,
    span: 6,
    at: 549,
    event: 'throughline.job_completed',
    attributes: { ...all, ...job, 'job.attempt': 2 },
  },
  {
    trace: 1,
    span: 7,
    parent: 6,
    name: 'process results',
    kind: 'consumer',
    at: 552,
    ms: 1,
    attributes: { 'messaging.system': 'redis', 'messaging.operation.type': 'process', 'request.id': 'abc' },
  },
  {
    trace: 1,
    span: 7,
    at: 552,
    level: 'debug',
    event: 'throughline.ws_send',
    attributes: { ...all, 'ws.conn_id': 'c1' },
  },
]

/** The same work as its lines alone tell it: nothing was sampled. */
export const linesOnly: readonly RecordInput[] = retriedRequest.filter((record) => !('ms' in record))
