import type { RequestView, ViewRow } from '../../src/shared/api.js'
import {
  API,
  fixtureRow,
  fixtureView,
  LIVE,
  rowMaker,
  WORKER,
  type FixtureRequest,
} from './fixture-request.js'

const ERROR = {
  type: 'WebhookError',
  message: 'Webhook answered 503: upstream is restarting',
  stack: [
    'WebhookError: Webhook answered 503: upstream is restarting',
    '    at WebhookClient.post (/srv/demo/src/notify/webhook.client.ts:48:13)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    '    at async NotifyProcessor.process (/srv/demo/src/notify/notify.processor.ts:31:7)',
    '    at async TelemetryWorkerHost.run (/srv/demo/node_modules/@throughline/bullmq/dist/nestjs.js:88:14)',
    '[cause]: Error: connect ECONNREFUSED 127.0.0.1:9099',
  ].join('\n'),
}

/** A pick: HTTP, SQL, two jobs, of which one needs a second attempt, and a socket's message. */
export function pickRequest(key: string, started: number): FixtureRequest {
  const row = fixtureRow({
    key,
    started,
    name: 'POST /tournaments/{id}/picks',
    outcome: 'retried',
    statusCode: 201,
    retries: 1,
    userId: '42',
    labels: ['tournament', 'draft', 'tournament.id 5'],
    lines: 12,
    spans: 12,
    answerMs: 83.8,
    doneMs: 417,
    services: [API, WORKER, LIVE],
    hops: [
      { kind: 'http', from: 0, to: 0.46, failed: false },
      { kind: 'job', from: 0.32, to: 0.39, failed: false },
      { kind: 'job', from: 0.36, to: 0.61, failed: true },
      { kind: 'job', from: 0.74, to: 0.95, failed: false },
      { kind: 'ws', from: 0.98, to: 1, failed: false },
    ],
  })
  const view = () =>
    pickView(row, [...answered(row.key), ...audit(), ...firstAttempt(), ...secondAttempt(), ...socket()])
  return { row, view }
}

function pickView(row: FixtureRequest['row'], rows: readonly ViewRow[]): RequestView {
  const failed = rows.findIndex((candidate) => candidate.type === 'line' && candidate.level === 'error')
  return fixtureView(row, rows, {
    errors: [
      {
        where: 'notify_pick attempt 1',
        message: ERROR.message,
        sequel: 'then succeeded on attempt 2',
        row: failed,
      },
    ],
    curl: `curl -X POST http://127.0.0.1:3000/tournaments/5/picks -H 'x-request-id: ${row.key}'`,
  })
}

function answered(requestId: string): ViewRow[] {
  const { unit, span, line } = rowMaker()
  const comment = `/*request_id='${requestId}',route='%2Ftournaments%2F%7Bid%7D%2Fpicks'*/`
  const sql = (text: string) => ({ text, comment })
  return [
    unit(0, 0, 83.8, {
      name: 'POST /tournaments/{id}/picks',
      statusCode: 201,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/tournaments/{id}/picks',
        'url.path': '/tournaments/5/picks',
        'client.address': '127.0.0.1',
      },
    }),
    line(1, 1, 'auth.session_loaded', { level: 'debug', attributes: { 'auth.age_s': 812 } }),
    span(1, 3.4, 9.5, {
      name: 'SELECT tournaments',
      sql: sql('SELECT id, state, on_clock\nFROM tournaments\nWHERE id = $1'),
      attributes: { 'db.system.name': 'postgresql', 'db.namespace': 'demo' },
    }),
    line(1, 10.2, 'draft.pick_validated', { attributes: { 'pick.id': 74, 'pick.number': 3 } }),
    span(1, 12.6, 26.3, {
      name: 'INSERT picks',
      sql: sql('INSERT INTO picks (tournament_id, user_id, hero_id) VALUES ($1, $2, $3) RETURNING id'),
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'INSERT' },
    }),
    line(1, 31, 'draft.pick_made', { attributes: { 'hero.id': 74, 'pick.id': 900 } }),
    span(1, 34, 38.2, { kind: 'out', name: 'publish notifications' }),
    span(1, 39, 41.9, { kind: 'out', name: 'publish audit' }),
    line(1, 83.7, 'request_completed', { attributes: { status_code: 201, duration_ms: 83.7 } }),
  ]
}

function audit(): ViewRow[] {
  const { unit, span, line } = rowMaker({ service: WORKER })
  return [
    unit(1, 58, 70.4, {
      kind: 'job',
      name: 'write_audit',
      hint: 'audit',
      via: 'child',
      attempt: 1,
      waited: { from: 41.9, reason: 'queue' },
    }),
    line(2, 58.6, 'job_started'),
    span(2, 60, 67, { name: 'INSERT audit_log' }),
    line(2, 70, 'job_completed', { attributes: { duration_ms: 12.1 } }),
  ]
}

function firstAttempt(): ViewRow[] {
  const { unit, span, line } = rowMaker({ service: WORKER, trace: 'fba869a3b1f04c57b0b1c9f3cbb5e2d4' })
  return [
    unit(1, 66, 110.5, {
      kind: 'job',
      name: 'notify_pick',
      hint: 'notifications',
      via: 'link',
      attempt: 1,
      failed: true,
      waited: { from: 38.2, reason: 'queue' },
    }),
    line(2, 66.5, 'job_started'),
    line(2, 69, 'notify.template_rendered', {
      level: 'debug',
      replayed: true,
      attributes: { template: 'pick_made' },
    }),
    span(2, 71, 106, {
      kind: 'out',
      name: 'POST',
      failed: true,
      attributes: { 'server.address': 'hooks.example' },
    }),
    line(2, 110, 'job_failed', {
      level: 'error',
      message: ERROR.message,
      error: ERROR,
      attributes: { 'job.name': 'notify_pick', 'job.queue': 'notifications', 'job.attempts_left': 1 },
    }),
  ]
}

function secondAttempt(): ViewRow[] {
  const { unit, span, line } = rowMaker({ service: WORKER, trace: 'c0ffee00b1f04c57b0b1c9f3cbb5e2d4' })
  return [
    unit(1, 370.5, 409, {
      kind: 'job',
      name: 'notify_pick',
      hint: 'notifications',
      via: 'link',
      attempt: 2,
      waited: { from: 110.5, reason: 'backoff' },
    }),
    line(2, 371, 'job_started'),
    span(2, 376, 405, { kind: 'out', name: 'POST' }),
    line(2, 408, 'job_completed', { attributes: { duration_ms: 38 } }),
  ]
}

function socket(): ViewRow[] {
  const { unit, line } = rowMaker({ service: LIVE, trace: 'beadfeedb1f04c57b0b1c9f3cbb5e2d4' })
  return [
    unit(2, 413.6, 417, { kind: 'ws', name: 'ws send pick_made', via: 'link' }),
    line(3, 414.6, 'live.pick_sent', { level: 'warn', attributes: { receivers: 4 } }),
  ]
}
