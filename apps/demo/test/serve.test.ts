import { afterEach, describe, expect, it } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestView } from '@throughline/console'
import { Demo } from './support/demo.js'

let demo: Demo
afterEach(() => demo.dispose())

interface Curl {
  url: string
  method: string
  headers: Record<string, string>
  body: string | undefined
}

/** The commands as a shell would read them. */
function curlsIn(output: string): Curl[] {
  const commands = output.replaceAll('\\\n', ' ').match(/^ *curl .*$/gm) ?? []
  return commands.map((command) => {
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
    const after = (option: string) => words.filter((_, at) => words[at - 1] === option)
    const [body] = after('-d')
    const headers = Object.fromEntries(after('-H').map((header) => header.split(': ') as [string, string]))
    return { url: words.at(-1) ?? '', method: body === undefined ? 'GET' : 'POST', headers, body }
  })
}

/** A record without what each run has of its own. */
function withoutOwn(record: Record<string, unknown>): Record<string, unknown> {
  const own = { timestamp: 'TIME', duration_ms: 'MS', 'ws.conn_id': 'ID', 'exception.stacktrace': 'STACK' }
  const replaced = Object.entries(own).filter(([key]) => key in record)
  return { ...record, ...Object.fromEntries(replaced) }
}

const CONTEXT = {
  'request.id': 'my-ember',
  'user.id': 7,
  labels: ['tournament', 'draft', 'pick'],
  'tournament.id': 5,
  'draft.id': 12,
}

function line(level: string, event: string, logger: string, fields: object = {}): object {
  return { timestamp: 'TIME', level, event, logger, ...fields, ...CONTEXT }
}

function jobLine(attempt: number, level: string, event: string, logger: string, fields: object = {}): object {
  const job = { 'job.id': '1', 'job.name': 'process_match_stats', 'job.queue': 'match-stats' }
  return line(level, event, logger, { ...fields, ...job, 'job.attempt': attempt })
}

const PICK = { 'pick.id': 1, 'hero.name': 'ember' }
const HOPS = [
  line('info', 'pick_made', 'draft', PICK),
  line('info', 'request_completed', 'throughline', {
    'http.request.method': 'POST',
    'http.route': '/api/tournaments/{tournamentId}/drafts/{draftId}/picks',
    'url.path': '/api/tournaments/5/drafts/12/picks',
    'http.response.status_code': 202,
    'client.address': '127.0.0.1',
    duration_ms: 'MS',
  }),
  jobLine(1, 'info', 'job_started', 'throughline'),
  jobLine(1, 'debug', 'rating_requested', 'stats', PICK),
  jobLine(1, 'error', 'job_failed', 'throughline', {
    duration_ms: 'MS',
    'exception.type': 'StatsUnavailable',
    'exception.message': '503 from the rating service for ember',
    'exception.stacktrace': 'STACK',
  }),
  jobLine(2, 'info', 'job_started', 'throughline'),
  jobLine(2, 'debug', 'rating_requested', 'stats', PICK),
  jobLine(2, 'info', 'stats_processed', 'stats', { 'hero.name': 'ember', points: 5 }),
  jobLine(2, 'info', 'job_completed', 'throughline', { duration_ms: 'MS' }),
  line('debug', 'ws_send', 'throughline', { 'ws.conn_id': 'ID' }),
]

/** Sorted: lines are stamped by the millisecond, and one may come with a span. */
const OUTLINE = [
  'HTTP POST /api/tournaments/{tournamentId}/drafts/{draftId}/picks, tournament-api',
  '  SQL pg.query:SELECT postgres, tournament-api',
  '  SQL pg.query:SELECT postgres, tournament-api',
  '  SQL pg.query:INSERT postgres, tournament-api',
  '  OUT add match-stats, tournament-api',
  '  info draft.pick_made',
  '  info throughline.request_completed',
  '  JOB process_match_stats attempt 1 failed, tournament-worker',
  '    info throughline.job_started',
  '    SQL pg.query:SELECT postgres, tournament-worker',
  '    debug stats.rating_requested',
  '    error throughline.job_failed',
  '  JOB process_match_stats attempt 2, tournament-worker',
  '    info throughline.job_started',
  '    SQL pg.query:SELECT postgres, tournament-worker',
  '    debug stats.rating_requested',
  '    SQL pg.query:WITH postgres, tournament-worker',
  '    info stats.stats_processed',
  '    info throughline.job_completed',
  '    OUT publish, tournament-worker',
  '    WS process pick-results, tournament-api',
  '      debug throughline.ws_send',
].toSorted()

/** Rows of a request's page, without their order. */
function outlineOf({ rows }: RequestView): string[] {
  const outline = rows.map((row) => {
    const indent = '  '.repeat(row.depth)
    if (row.type === 'line') return `${indent}${row.level} ${row.event}`
    const attempt = row.type === 'unit' && row.attempt !== undefined ? ` attempt ${row.attempt}` : ''
    return `${indent}${row.kind.toUpperCase()} ${row.name}${attempt}${row.failed ? ' failed' : ''}, ${row.service}`
  })
  return outline.toSorted()
}

describe('--serve', () => {
  it('answers the curl commands that it prints, and streams whole lines of all three hops', async () => {
    demo = new Demo(['--serve', '--no-console'])
    await demo.until(/Ctrl-C ends everything/)
    const curls = curlsIn(demo.output)
    const statuses: Record<string, number> = {}
    // Ember first: a socket answers it last, after its retry.
    for (const { url, method, headers, body } of curls.toReversed()) {
      const response = await fetch(url, { method, headers, body: body ?? null })
      statuses[`${method} ${new URL(url).pathname} ${body ?? ''}`.trim()] = response.status
      await response.text()
    }

    expect(statuses).toEqual({
      'POST /api/tournaments/5/drafts/12/picks {"hero":"rook"}': 202,
      'POST /api/tournaments/5/drafts/12/picks {"hero":"ember"}': 202,
      'GET /api/leagues/3/standings': 200,
      'GET /api/tournaments/5/bracket': 500,
      'GET /api/users/me': 401,
    })
    const hops = () => demo.records.filter((record) => record['request.id'] === 'my-ember')
    while (!hops().some(({ event }) => event === 'ws_send')) await sleep(10)
    expect(hops().map(withoutOwn)).toHaveLength(HOPS.length)
    expect(hops().map(withoutOwn)).toEqual(expect.arrayContaining(HOPS))
    await demo.until(
      /^socket \{"event":"pick_processed","requestId":"my-ember","data":\{"pickId":1,"draftId":12,"hero":"ember","timesPicked":1\}\}$/m,
    )
  })

  it('shows one request over all hops on a page of the console', async () => {
    demo = new Demo(['--serve', '--console-port', '0'])
    const [, page = '', key = ''] = await demo.until(/^ {2}(http:\S+)\/r\/(\S+)$/m)
    await demo.until(/Ctrl-C ends everything/)
    expect((await fetch(`${page}/r/${key}`)).headers.get('content-type')).toMatch(/^text\/html/)

    // What the processes have is on its way for half a second.
    let view: RequestView | undefined
    while (view === undefined || outlineOf(view).length < OUTLINE.length) {
      await sleep(50)
      const response = await fetch(`${page}/api/requests/${key}`)
      view = response.ok ? ((await response.json()) as RequestView) : undefined
    }
    expect(outlineOf(view)).toEqual(OUTLINE)
    expect(view.errors).toMatchObject([
      { message: '503 from the rating service for ember', sequel: 'then succeeded on attempt 2' },
    ])
    const { outcome, retries, statusCode, userId, labels } = view.row
    expect({ outcome, retries, statusCode, userId, labels }).toEqual({
      outcome: 'retried',
      retries: 1,
      statusCode: 202,
      userId: '8',
      labels: ['tournament 6', 'draft 13', 'pick'],
    })
  })
})
