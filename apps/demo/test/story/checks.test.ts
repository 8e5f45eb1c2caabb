import { describe, expect, it } from '@jest/globals'
import type { Reply } from '../../src/client/api-client.js'
import type { Captain } from '../../src/client/captain.js'
import { Collected } from '../../src/stage/collected.js'
import { LogBook } from '../../src/stage/log-book.js'
import { checkAll } from '../../src/story/checks/check-all.js'
import { contextOf, type Told, type ToldPick } from '../../src/story/told.js'

type Fields = Record<string, unknown>

/** A story in which all is well, unless `change` makes a line another one, or none. */
function told(change: (fields: Fields) => Fields | undefined = (fields) => fields): Told {
  const log = new LogBook()
  const write = (process: 'api' | 'worker', fields: Fields) => {
    const changed = change({ timestamp: '2026-11-20T10:00:00.000Z', level: 'info', ...fields })
    if (changed !== undefined) log.read(process, JSON.stringify(changed))
  }
  const messages = new Collected<{ event: string; requestId?: string; data: unknown }>()
  const captain = {
    user: { id: 7, name: 'Ada' },
    tournamentId: 5,
    draftId: 12,
    socket: { messages },
    socketRequestId: 'watch-ada',
  } as unknown as Captain
  const retried: ToldPick = { captain, requestId: 'pick-ember', hero: 'ember' }
  const other: ToldPick = { captain, requestId: 'ada-rook', hero: 'rook' }

  const connection = { 'request.id': 'watch-ada', labels: ['tournament', 'draft'], 'ws.conn_id': 'one' }
  write('api', { event: 'ws_connected', ...connection })
  write('api', { event: 'hero_suggested', 'user.id': 7, ...connection })
  for (const pick of [retried, other]) {
    const context = contextOf(pick)
    const attempt = pick === retried ? 2 : 1
    write('api', { event: 'pick_made', ...context })
    write('api', { event: 'request_completed', ...context })
    if (attempt === 2) {
      write('worker', { event: 'job_started', 'job.attempt': 1, ...context })
      write('worker', {
        event: 'rating_requested',
        level: 'debug',
        'job.attempt': 1,
        replayed: true,
        ...context,
      })
      write('worker', { event: 'job_failed', level: 'error', 'job.attempt': 1, ...context })
    }
    write('worker', { event: 'job_started', 'job.attempt': attempt, ...context })
    write('worker', { event: 'stats_processed', 'job.attempt': attempt, ...context })
    write('worker', { event: 'job_completed', 'job.attempt': attempt, ...context })
    write('api', { event: 'ws_send', 'ws.conn_id': 'one', ...context })
    messages.add({ event: 'pick_processed', requestId: pick.requestId, data: {} })
  }
  write('api', {
    event: 'request_failed',
    'request.id': 'no-teams-yet',
    'exception.type': 'TypeError',
    'exception.stacktrace': 'TypeError',
  })
  const uuid = '3f0f1a52-6a0f-4a6c-9d0e-0f2d3c4b5a69'
  write('api', { event: 'request_completed', 'request.id': uuid })
  const reply = (status: number, sentId: string, requestId = sentId): Reply => {
    return { request: 'GET /', status, sentId, requestId, body: {} }
  }
  const replies = [202, 401, 404, 500].map((status) => reply(status, `id-${status}`))
  return {
    log,
    captains: [captain],
    retried,
    crowd: [other],
    replies: [...replies, reply(200, '\u009b31m', uuid)],
  }
}

function problemsOf(story: Told): string[] {
  return checkAll(story).flatMap(({ title, problems }) => problems.map((problem) => `${title}: ${problem}`))
}

describe('checkAll', () => {
  it('finds nothing where all agrees', () => {
    expect(problemsOf(told())).toEqual([])
  })

  it('finds a line with another user', () => {
    const story = told((fields) => (fields.event === 'job_failed' ? { ...fields, 'user.id': 8 } : fields))

    expect(problemsOf(story)).toEqual([
      'HTTP, job and socket agree: user.id of job_failed (worker, pick-ember): 8 instead of 7',
    ])
  })

  it('finds a line that has lost its labels', () => {
    const story = told(({ labels, ...fields }) =>
      fields.event === 'ws_send' && fields['request.id'] === 'ada-rook' ? fields : { labels, ...fields },
    )

    expect(problemsOf(story)).toEqual([
      'Requests never mix: labels of ws_send (api, ada-rook): undefined instead of ["tournament","draft","pick"]',
    ])
  })

  it('finds a hop that is missing', () => {
    const story = told((fields) =>
      fields.event === 'job_completed' && fields['request.id'] === 'pick-ember' ? undefined : fields,
    )

    expect(problemsOf(story)).toEqual([
      'HTTP, job and socket agree: not exactly one job_completed of the worker for pick-ember',
      'The retry is the same request: the attempts: ["job_started 1","job_failed 1","job_started 2"] instead of ' +
        '["job_started 1","job_failed 1","job_started 2","job_completed 2"]',
    ])
  })

  it('finds a result that went to the wrong socket', () => {
    const story = told((fields) =>
      fields.event === 'ws_send' && fields['request.id'] === 'ada-rook'
        ? { ...fields, 'ws.conn_id': 'two' }
        : fields,
    )

    expect(problemsOf(story)).toEqual([
      'Each socket gets its results: ws.conn_id of ws_send: "two" instead of "one"',
    ])
  })

  it('finds a message outside its connection', () => {
    const story = told(({ 'user.id': user, ...fields }) =>
      fields.event === 'hero_suggested' ? { ...fields, 'ws.conn_id': 'two' } : { ...fields, 'user.id': user },
    )

    expect(problemsOf(story)).toEqual([
      'A message knows its connection: ws.conn_id of hero_suggested: "two" instead of "one"',
      'A message knows its connection: user.id of hero_suggested: undefined instead of 7',
    ])
  })

  it('finds a result that never came', () => {
    const story = told()
    story.captains[0]!.socket.messages.all.pop()

    expect(problemsOf(story)).toEqual([
      'Each socket gets its results: the results on the socket of draft 12: ["pick-ember"] instead of ' +
        '["ada-rook","pick-ember"]',
    ])
  })

  it('finds a response without its id, and a hostile id that was taken', () => {
    const { replies, ...story } = told()
    const [first, ...others] = replies.map((reply) =>
      reply.status === 200 ? { ...reply, requestId: reply.sentId ?? null } : reply,
    )

    expect(problemsOf({ ...story, replies: [{ ...first!, requestId: null }, ...others] })).toEqual([
      'X-Request-ID comes back: GET /: null instead of "id-202"',
      'A hostile X-Request-ID is replaced: GET / was answered with X-Request-ID "\u009b31m"',
    ])
  })

  it('finds a failure that does not say why', () => {
    const story = told((fields) => {
      if (fields.event !== 'request_failed') return fields
      return { ...fields, 'exception.type': undefined, 'exception.stacktrace': undefined }
    })

    expect(problemsOf(story)).toEqual([
      'A 500 says why: exception.type: undefined instead of "TypeError"',
      'A 500 says why: no exception.stacktrace',
    ])
  })
})
