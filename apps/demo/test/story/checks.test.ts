import { describe, expect, it } from '@jest/globals'
import { checkAll } from '../../src/story/checks/check-all.js'
import type { Told } from '../../src/story/told.js'
import { told } from '../support/told.js'

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
