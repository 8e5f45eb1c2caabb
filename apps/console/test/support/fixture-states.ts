import type { ViewRow } from '../../src/shared/api.js'
import { API, fixtureRow, fixtureView, rowMaker, WORKER, type FixtureRequest } from './fixture-request.js'

/** A plain answer. */
export function getRequest(key: string, started: number, ms: number): FixtureRequest {
  const row = fixtureRow({ key, started, statusCode: 200, userId: '7', answerMs: ms })
  const { unit, span, line } = rowMaker()
  return {
    row,
    view: () =>
      fixtureView(row, [
        unit(0, 0, ms, { name: row.name, statusCode: 200 }),
        span(1, ms / 4, ms / 2, { name: 'SELECT tournaments' }),
        line(1, ms, 'request_completed', { attributes: { status_code: 200 } }),
      ]),
  }
}

/** A job that failed for good though the answer was fine. */
export function gaveUpRequest(key: string, started: number): FixtureRequest {
  const job = (from: number, to: number) => ({ kind: 'job' as const, from, to, failed: true })
  const row = fixtureRow({
    key,
    started,
    name: 'POST /tournaments/{id}/picks',
    outcome: 'failed',
    statusCode: 201,
    failure: 'job gave up',
    retries: 2,
    userId: '311',
    labels: ['tournament', 'draft 6'],
    lines: 15,
    spans: 9,
    answerMs: 73.3,
    doneMs: 979,
    services: [API, WORKER],
    hops: [{ kind: 'http', from: 0, to: 0.3, failed: false }, job(0.22, 0.4), job(0.54, 0.7), job(0.85, 1)],
  })
  return { row, view: () => fixtureView(row, attempts()) }
}

function attempts(): ViewRow[] {
  const { unit, line } = rowMaker({ service: WORKER })
  const error = { type: 'WebhookError', message: 'Webhook answered 503' }
  return [
    rowMaker().unit(0, 0, 73.3, { name: 'POST /tournaments/{id}/picks', statusCode: 201 }),
    ...[66, 380, 900].flatMap((at, index) => [
      unit(1, at, at + 45, {
        kind: 'job',
        name: 'notify_pick',
        hint: 'notifications',
        via: 'link',
        attempt: index + 1,
        failed: true,
      }),
      line(2, at + 44, 'job_failed', { level: 'error', error, message: error.message }),
    ]),
  ]
}

/** Still running, as far as is known. */
export function openRequest(key: string, started: number): FixtureRequest {
  const row = fixtureRow({
    key,
    started,
    outcome: 'open',
    name: 'reports.build',
    kind: 'job',
    hops: [{ kind: 'job', from: 0, to: 1, failed: false }],
    spans: 0,
    lines: 3,
  })
  const { unit, line } = rowMaker({ service: WORKER })
  return {
    row,
    view: () =>
      fixtureView(row, [
        unit(0, 0, undefined, { kind: 'job', name: 'reports.build', hint: 'reports', seq: undefined }),
        line(1, 0.4, 'job_started'),
        line(1, 40, 'report.page_built', { attributes: { page: 1 } }),
        line(1, 90, 'report.page_built', { attributes: { page: 2 } }),
      ]),
  }
}

/** Lines without any span: not sampled. */
export function unsampledRequest(key: string, started: number): FixtureRequest {
  const row = fixtureRow({ key, started, statusCode: 200, spans: 0, lines: 2 })
  const { unit, line } = rowMaker()
  const rows = () => [
    unit(0, 0, undefined, { name: row.name, seq: undefined }),
    line(1, 1, 'auth.session_loaded'),
    line(1, 14, 'request_completed'),
  ]
  return { row, view: () => fixtureView(row, rows(), { withoutSpans: { sampleRatio: 0.1 } }) }
}

const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)>\u202egnp.exe\u0007\u001b[31m"\'&amp;'

/** Markup, controls and bidi marks wherever a text may be. */
export function hostileRequest(started: number): FixtureRequest {
  const key = `evil/${HOSTILE}?row=1#x`
  const row = fixtureRow({
    key,
    started,
    name: HOSTILE,
    userId: HOSTILE,
    labels: [HOSTILE],
    failure: HOSTILE,
    outcome: 'failed',
    services: [HOSTILE],
  })
  const { unit, span, line } = rowMaker({ service: HOSTILE, trace: HOSTILE })
  const error = { type: HOSTILE, message: HOSTILE, stack: `${HOSTILE}\n    at ${HOSTILE}` }
  const attributes = { [HOSTILE]: HOSTILE, list: [HOSTILE, 1, null], nested: { [HOSTILE]: [HOSTILE] } }
  return {
    row,
    view: () =>
      fixtureView(
        row,
        [
          unit(0, 0, 80, { name: HOSTILE, hint: HOSTILE, attributes, failed: true, error }),
          span(1, 5, 20, {
            name: HOSTILE,
            sql: { text: `SELECT '${HOSTILE}'`, comment: `/*${HOSTILE}*/` },
            attributes,
          }),
          line(1, 30, HOSTILE, { message: HOSTILE, level: 'error', error, attributes }),
        ],
        {
          errors: [{ where: HOSTILE, message: HOSTILE, sequel: HOSTILE, row: 2 }],
          curl: `curl '${HOSTILE}'`,
        },
      ),
  }
}

/** So many rows that only those in sight can be drawn. */
export function largeRequest(key: string, started: number, size: number): FixtureRequest {
  const row = fixtureRow({
    key,
    started,
    name: 'POST /imports',
    statusCode: 202,
    lines: size / 2,
    spans: size / 2,
    answerMs: 120,
    doneMs: size * 4,
  })
  return { row, view: () => fixtureView(row, largeRows(size), { folded: 120 }) }
}

function largeRows(size: number): ViewRow[] {
  const { unit, span, line } = rowMaker()
  const rows: ViewRow[] = [unit(0, 0, 120, { name: 'POST /imports', statusCode: 202 })]
  while (rows.length < size) {
    const at = rows.length * 4
    rows.push(
      unit(1, at, at + 14, {
        kind: 'job',
        name: 'import_row',
        hint: 'imports',
        via: 'link',
        attempt: 1,
        waited: { from: 40, reason: 'queue' },
      }),
    )
    rows.push(line(2, at + 1, 'job_started'))
    rows.push(
      span(2, at + 3, at + 9, {
        name: 'INSERT rows',
        sql: { text: 'INSERT INTO rows VALUES ($1)' },
        attributes: { 'db.system.name': 'postgresql' },
      }),
    )
    rows.push(line(2, at + 13, 'job_completed', { attributes: { duration_ms: 14 } }))
  }
  return rows
}
