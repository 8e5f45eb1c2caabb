import { afterEach, describe, expect, it } from '@jest/globals'
import { startPostgres, startRedis } from '@throughline/services'
import { Redis } from 'ioredis'
import pg from 'pg'
import { Demo } from '../support/demo.js'

let demo: Demo
afterEach(() => demo.dispose())

/** What each run has of its own: addresses, ids, times. */
function withoutOwn(output: string): string[] {
  return output
    .replace(/[\da-f]{8}-[\da-f-]{27}/g, 'UUID')
    .replace(/127\.0\.0\.1:\d+ {2}process \d+|process \d+/g, 'PROCESS')
    .replace(/\+ *\d+ ms/g, '+N ms')
    .replace(/duration_ms=[\d.]+/g, 'duration_ms=N')
    .replace(/(postgres|redis {3}) .*/g, '$1 SERVER')
    .replace(/in [\d.]+ s/g, 'in N s')
    .split('\n')
}

const STORY = `Throughline demo · a tournament service: NestJS API, BullMQ worker, ws sockets

  postgres SERVER
  redis    SERVER
  api       http://PROCESS
  worker    PROCESS

POST /api/tournaments/5/drafts/12/picks  X-Request-ID: pick-ember

  +N ms api    info  pick_made         hero.name=ember
  +N ms api    info  request_completed 202 /api/tournaments/{tournamentId}/drafts/{draftId}/picks
  +N ms worker info  job_started       process_match_stats, attempt 1
  +N ms worker debug rating_requested  hero.name=ember (kept below LOG_LEVEL, replayed by the failure)
  +N ms worker error job_failed        StatsUnavailable: 503 from the rating service for ember
  +N ms worker info  job_started       process_match_stats, attempt 2
  +N ms worker info  stats_processed   hero.name=ember points=5
  +N ms worker info  job_completed     duration_ms=N
  +N ms api    debug ws_send           ws.conn_id=UUID`

describe('npm run demo', () => {
  it('follows one request across the hops, checks that they agree, and exits with 0', async () => {
    demo = new Demo()
    const ending = await demo.ended

    expect(demo.errors).toBe('')
    expect(ending).toEqual([0, null])
    expect(demo.leftovers).toEqual([])
    const lines = withoutOwn(demo.output)
    const story = lines.slice(0, STORY.split('\n').length)
    // The worker may take the job before the response is through.
    expect(story.toSorted()).toEqual(STORY.split('\n').toSorted())
    expect(lines).toContainEqual(
      expect.stringMatching(/request\.id=pick-ember user\.id=7 labels=tournament,draft,pick/),
    )
    expect(lines.filter((line) => /^[✓✗]/u.test(line))).toEqual([
      '✓ HTTP, job and socket agree          9 lines of 2 processes: same request.id, user.id, labels, ids',
      '✓ The retry is the same request       attempt 1 failed, with its debug lines; attempt 2 completed',
      '✓ Requests never mix                  10 picks at once by 2 users: 60 lines, each with its own fields',
      '✓ Each socket gets its results        11 results, request.id of the asker, ws.conn_id of the socket',
      "✓ A message knows its connection      hero_suggested has the socket's ws.conn_id, labels and user.id",
      '✓ X-Request-ID comes back             on 202, 401, 404, 500',
      '✓ A hostile X-Request-ID is replaced  terminal escape, 300 characters: a UUID instead',
      '✓ A 500 says why                      request_failed with exception.type, message, stacktrace',
    ])
    expect(lines).toContain('All 8 checks passed in N s.')
    expect(demo.output).not.toMatch(/[\u001b\u009b]/)
  })

  it('uses the servers that it is given and leaves nothing on them', async () => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis({ prefer: 'embedded' })])
    demo = new Demo([], { DATABASE_URL: postgres.url, REDIS_URL: redis.url })
    const ending = await demo.ended

    expect(demo.errors).toBe('')
    expect(ending).toEqual([0, null])
    expect(demo.output).toMatch(/postgres +yours \(DATABASE_URL\)\n +redis +yours \(REDIS_URL\)\n/)
    const database = new pg.Client({ connectionString: postgres.url })
    await database.connect()
    const { rows } = await database.query("select 1 from pg_namespace where nspname like 'throughline%'")
    const client = new Redis(redis.url)
    expect({ schemas: rows, keys: await client.keys('*') }).toEqual({ schemas: [], keys: [] })
    client.disconnect()
    await database.end()
    await Promise.all([postgres.stop(), redis.stop()])
  })

  it.each([
    ['DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none'],
    ['REDIS_URL', 'redis://127.0.0.1:1'],
  ])('says so when the server of %s cannot be used', async (variable, url) => {
    demo = new Demo([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', [variable]: url })
    const ending = await demo.ended

    expect(ending).toEqual([1, null])
    expect(demo.errors).toMatch(
      /^\n✗ (DATABASE_URL|REDIS_URL): the server cannot be used: .*ECONNREFUSED.*\n$/,
    )
    expect(demo.leftovers).toEqual([])
  })
})
