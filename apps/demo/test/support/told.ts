import type { Reply } from '../../src/client/api-client.js'
import type { Captain } from '../../src/client/captain.js'
import { Collected } from '../../src/stage/collected.js'
import { LogBook } from '../../src/stage/log-book.js'
import { contextOf, type Told, type ToldPick } from '../../src/story/told.js'

type Fields = Record<string, unknown>

/** A story in which all is well, unless `change` makes a line another one, or none. */
export function told(change: (fields: Fields) => Fields | undefined = (fields) => fields): Told {
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
