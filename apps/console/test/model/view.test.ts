import { describe, expect, it } from '@jest/globals'
import { type RequestView } from '../../src/shared/api.js'
import { Store } from '../../src/model/store.js'
import { BASE, payloadsOf, type RecordInput, spanId, traceId } from '../support/records.js'
import { linesOnly, retriedRequest } from '../support/scenarios.js'

function viewOf(records: readonly RecordInput[], key = 'abc'): RequestView {
  const store = new Store()
  for (const payload of payloadsOf(records)) store.add(payload)
  const view = store.view(key)
  if ('error' in view) throw new Error(`there is no ${key}`)
  return view
}

/** Each row in one line: depth, type, name, when, how it hangs on what. */
function outline({ rows }: RequestView): string[] {
  return rows.map((row) => {
    const name = row.type === 'line' ? row.event : row.name
    const end = row.type === 'line' ? '' : `-${row.end ?? '…'}`
    const unit =
      row.type === 'unit' ? [row.via, row.attempt, row.failed ? 'failed' : undefined, row.waited?.reason] : []
    return [
      `${' '.repeat(row.depth)}${row.type === 'line' ? row.level : row.kind}`,
      name,
      `${row.at}${end}`,
      ...unit,
    ]
      .filter((part) => part !== undefined)
      .join(' ')
  })
}

describe('the view of a request', () => {
  it('follows it from HTTP over both attempts at its job to the socket', () => {
    const view = viewOf(retriedRequest)
    expect(outline(view)).toEqual([
      'http POST /drafts/{id}/picks 0-20',
      ' sql INSERT picks 2-5',
      ' info draft.pick_made 6',
      ' out add mails 7-9',
      ' info throughline.request_completed 20',
      ' job notify 30-40 child 1 failed queue',
      '  info throughline.job_started 31',
      '  out POST 32-39',
      '  error throughline.job_failed 40',
      ' job notify 540-550 child 2 backoff',
      '  info throughline.job_completed 549',
      '  ws process results 552-553 child',
      '   debug throughline.ws_send 552',
    ])
    expect(view.row).toEqual({
      key: 'abc',
      requestId: 'abc',
      version: expect.any(Number),
      started: BASE,
      outcome: 'retried',
      statusCode: 202,
      retries: 1,
      name: 'POST /drafts/{id}/picks',
      kind: 'http',
      hops: [
        { kind: 'http', from: 0, to: expect.any(Number), failed: false },
        { kind: 'job', from: expect.any(Number), to: expect.any(Number), failed: true },
        { kind: 'job', from: expect.any(Number), to: expect.any(Number), failed: false },
        { kind: 'ws', from: expect.any(Number), to: 1, failed: false },
      ],
      userId: '7',
      labels: ['tournament 5', 'draft 12'],
      lines: 6,
      spans: 7,
      answerMs: 20,
      doneMs: 553,
      services: ['api', 'worker'],
    })
    expect(view.errors).toEqual([
      { where: 'notify attempt 1', message: 'answered 503', sequel: 'then succeeded on attempt 2', row: 8 },
    ])
    expect(view.curl).toBe("curl -X POST 'http://127.0.0.1:3000/drafts/12/picks'")
    expect({ ...view, row: 0, rows: 0, errors: 0, context: 0, curl: 0 }).toEqual({
      row: 0,
      rows: 0,
      errors: 0,
      context: 0,
      curl: 0,
      origin: BASE,
      traces: [traceId(1)],
      folded: 0,
    })
  })

  it('shows each record whole, without what the context panel shows', () => {
    const { rows } = viewOf(retriedRequest)
    expect([rows[1], rows[2], rows[8]]).toEqual([
      {
        type: 'span',
        seq: expect.any(Number),
        depth: 1,
        at: 2,
        end: 5,
        service: 'api',
        kind: 'sql',
        name: 'INSERT picks',
        failed: false,
        traceId: traceId(1),
        spanId: spanId(2),
        attributes: { 'db.system.name': 'postgresql' },
        sql: {
          text: 'insert into picks',
          comment: "request_id='abc'",
        },
      },
      {
        type: 'line',
        seq: expect.any(Number),
        depth: 1,
        at: 6,
        service: 'api',
        level: 'info',
        event: 'draft.pick_made',
        replayed: false,
        traceId: traceId(1),
        spanId: spanId(1),
        attributes: { 'hero.id': 74 },
      },
      {
        type: 'line',
        seq: expect.any(Number),
        depth: 2,
        at: 40,
        service: 'worker',
        level: 'error',
        event: 'throughline.job_failed',
        replayed: false,
        traceId: traceId(1),
        spanId: spanId(4),
        attributes: { duration_ms: 9.9 },
        error: {
          type: 'WebhookError',
          message: 'answered 503',
          stack: 'WebhookError: answered 503\n    at send',
        },
      },
    ])
  })

  it('says which record carried each value of the context first', () => {
    const { context } = viewOf(retriedRequest)
    expect(context.map(({ key, value, first }) => [key, value, first.kind, first.at])).toEqual([
      ['request.id', 'abc', 'http', 0],
      ['user.id', 7, 'http', 6],
      ['labels', ['tournament', 'draft'], 'http', 0],
      ['job.id', '1', 'http', 7],
      ['job.name', 'notify', 'job', 30],
      ['job.queue', 'mails', 'job', 30],
      ['job.attempt', 1, 'job', 30],
      ['job.attempt', 2, 'job', 540],
      ['ws.conn_id', 'c1', 'ws', 552],
      ['tournament.id', 5, 'http', 0],
      ['draft.id', 12, 'http', 0],
    ])
    expect(context[1]?.rows).toEqual([2, 4, 6, 8, 10, 12])
  })

  it('draws the same work from its lines where nothing was sampled', () => {
    const view = viewOf(linesOnly)
    expect(outline(view)).toEqual([
      'http draft.pick_made 0-20',
      ' info draft.pick_made 6',
      ' info throughline.request_completed 20',
      ' job notify 30.1-40 child 1 failed',
      '  info throughline.job_started 31',
      '  error throughline.job_failed 40',
      ' job notify 549-549 child 2 backoff',
      '  info throughline.job_completed 549',
      ' ws throughline.ws_send 552-552 child',
      '  debug throughline.ws_send 552',
    ])
    expect(view.withoutSpans).toEqual({})
    expect(view.row.outcome).toBe('retried')
  })

  it('draws work open whose end nobody told yet', () => {
    const begun = retriedRequest.filter(
      ({ at }, index) => at < 39 && index !== 0 && index !== 4 && index !== 5,
    )
    const view = viewOf(begun)
    expect(outline(view)).toEqual([
      'http draft.pick_made 0-…',
      ' sql INSERT picks 0-3',
      ' info draft.pick_made 4',
      ' out add mails 5-7',
      ' job notify 29-… child 1 queue',
      '  info throughline.job_started 29',
      '  out POST 30-37',
    ])
    expect(view.row.outcome).toBe('open')
  })

  it('follows links over several traces', () => {
    const at = (trace: number, name: string, start: number, more: object): RecordInput => ({
      trace,
      span: trace,
      name,
      at: start,
      ms: 5,
      attributes: { 'request.id': 'abc' },
      ...more,
    })
    const view = viewOf([
      at(1, 'POST /a', 0, { kind: 'server' }),
      at(2, 'process a', 10, { kind: 'consumer', links: [{ trace: 1, span: 1 }] }),
      at(3, 'process b', 20, { kind: 'consumer', links: [{ trace: 2, span: 2 }] }),
      at(4, 'process c', 30, { kind: 'consumer' }),
    ])
    expect(outline(view)).toEqual([
      'http POST /a 0-5',
      ' job process a 10-15 link',
      '  job process b 20-25 link',
      ' job process c 30-35 id',
    ])
    expect(view.traces).toHaveLength(4)
  })

  it('tells a job that gave up, and that its attempts failed alike', () => {
    const attempts = [1, 2, 3].map((attempt): RecordInput => ({
      trace: 1,
      span: attempt,
      name: 'process mails',
      kind: 'consumer',
      at: attempt * 100,
      ms: 5,
      attributes: {
        'request.id': 'abc',
        'job.id': '9',
        'job.name': 'notify',
        'job.queue': 'mails',
        'job.attempt': attempt,
      },
      error: {
        type: 'Error',
        message: 'no',
      },
    }))
    const { row, errors } = viewOf(attempts)
    expect(row).toMatchObject({ outcome: 'failed', failure: 'job gave up', retries: 0 })
    expect(errors).toEqual([
      { where: 'notify attempt 1', message: 'no', sequel: 'gave up after 3 attempts', row: 0 },
    ])
    expect(viewOf(attempts.slice(0, 1)).row).toMatchObject({ outcome: 'failed', failure: 'job failed' })
  })

  it('waits with its verdict where attempts are left', () => {
    const attributes = { 'request.id': 'abc', 'job.id': '9', 'job.attempt': 1, 'job.attempts_left': 2 }
    const span: RecordInput = {
      trace: 1,
      span: 1,
      name: 'process',
      kind: 'consumer',
      at: 0,
      ms: 5,
      attributes,
      error: { type: 'E', message: 'm' },
    }
    expect(viewOf([span]).row).toMatchObject({ outcome: 'open', retries: 1 })
  })

  it('calls a 500 failed and a 404 answered', () => {
    const answered = (status: number): RecordInput => ({
      trace: 1,
      span: 1,
      name: 'GET',
      at: 0,
      ms: 5,
      kind: 'server',
      attributes: {
        'request.id': 'abc',
        'http.method': 'GET',
        'http.target': '/x?token=1',
        'http.status_code': status,
      },
    })
    expect(viewOf([answered(404)]).row).toMatchObject({ name: 'GET /x', outcome: 'ok', statusCode: 404 })
    const failed = viewOf([answered(500)])
    expect(failed.row).toMatchObject({ outcome: 'failed', statusCode: 500 })
    expect(failed.row.failure).toBeUndefined()
    expect(failed.errors).toEqual([{ where: 'GET /x', message: 'answered 500', row: 0 }])
  })

  it('keeps a connection open until it is closed, and folds all but its last 50 messages', () => {
    const conn = { 'request.id': 'abc', 'ws.conn_id': 'c' }
    const upgrade: RecordInput = {
      trace: 1,
      span: 1,
      name: 'GET /ws',
      kind: 'server',
      at: 0,
      ms: 2,
      attributes: {
        ...conn,
        'http.request.method': 'GET',
        'http.route': '/ws',
        'http.response.status_code': 101,
      },
    }
    const line = (event: string, at: number): RecordInput => ({
      trace: 1,
      span: 1,
      event: `throughline.${event}`,
      at,
      attributes: conn,
    })
    const messages = Array.from({ length: 60 }, (_, i) => line('ws_receive', 10 + i))
    const open = viewOf([upgrade, line('ws_connected', 1), ...messages])
    expect(open.row).toMatchObject({ outcome: 'open', kind: 'ws', name: 'GET /ws', answerMs: 2, lines: 61 })
    expect([open.folded, open.rows.length, open.curl]).toEqual([10, 52, undefined])
    const closed = viewOf([upgrade, line('ws_connected', 1), ...messages, line('ws_disconnected', 900)])
    expect(closed.row.outcome).toBe('ok')
    expect(closed.rows[0]).toMatchObject({ type: 'unit', kind: 'ws', end: 900 })
  })

  it.each([
    ['ahead', 5000, 5040, { from: 8, reason: 'queue' }],
    ['behind', -5000, undefined, undefined],
  ])('begins with the request where the clock of a worker is 5 s %s', (_what, skew, doneMs, waited) => {
    const attributes = { 'request.id': 'abc' }
    const view = viewOf([
      { trace: 1, span: 1, name: 'POST', kind: 'server', at: 0, ms: 20, attributes },
      { trace: 1, span: 2, parent: 1, name: 'add', kind: 'producer', at: 5, ms: 3 },
      { trace: 1, span: 3, parent: 2, name: 'process', kind: 'consumer', at: skew + 30, ms: 10 },
    ])
    expect(view.row).toMatchObject({ name: 'POST', started: BASE, answerMs: 20 })
    expect(view.row.doneMs).toBe(doneMs)
    expect(view.rows.every(({ at }) => at >= 0)).toBe(true)
    expect(view.rows.find((each) => each.type === 'unit' && each.kind === 'job')).toMatchObject({ depth: 1 })
    expect(view.rows.flatMap((each) => (each.type === 'unit' && each.waited ? [each.waited] : []))).toEqual(
      waited === undefined ? [] : [waited],
    )
  })

  it("shows a scheduler's tick as a job that nothing added", () => {
    const tick = {
      'request.id': 'abc',
      'job.id': 'repeat:x:1',
      'job.name': 'sweep',
      'job.queue': 'q',
      'job.attempt': 1,
    }
    const view = viewOf([
      { trace: 1, span: 1, name: 'process q', kind: 'consumer', at: 0, ms: 5, attributes: tick },
    ])
    expect(view.rows).toMatchObject([
      { type: 'unit', kind: 'job', name: 'sweep', hint: 'q', depth: 0, attempt: 1, end: 5 },
    ])
    expect(view.row).toMatchObject({ kind: 'job', name: 'sweep', outcome: 'ok', answerMs: 5 })
  })

  it('shows traces of services that know nothing of request ids', () => {
    const key = `trace:${traceId(7)}`
    const view = viewOf(
      [
        {
          trace: 7,
          span: 1,
          name: 'GET',
          kind: 'server',
          at: 0,
          ms: 9,
          attributes: { 'http.method': 'GET', 'http.route': '/a' },
        },
        { trace: 7, span: 2, parent: 1, name: 'GET', kind: 'client', at: 1, ms: 7 },
        { trace: 7, span: 3, parent: 2, name: 'GET /b', kind: 'server', at: 2, ms: 5, service: 'b' },
        {
          trace: 7,
          span: 4,
          parent: 3,
          name: 'find',
          kind: 'client',
          at: 3,
          ms: 1,
          service: 'b',
          attributes: { 'db.system': 'mysql', 'db.statement': 'select 1' },
        },
      ],
      key,
    )
    expect(outline(view)).toEqual([
      'http GET /a 0-9',
      ' out GET 1-8',
      ' http GET /b 2-7 child',
      '  sql find 3-4',
    ])
    expect(view.row.requestId).toBeUndefined()
  })
})
