import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { leaderboardPage } from '../../src/api/leagues/leaderboard-page.js'
import { ApiClient } from '../../src/client/api-client.js'
import { demoUsers } from '../../src/database/demo-users.js'
import { Demo } from '../support/demo.js'
import { FakePosthog } from '../support/fake-posthog.js'

const NOTE_POSTHOG_NODE = `--import=${new URL('../fixtures/note-posthog-node.mjs', import.meta.url).href}`
const [ada] = demoUsers
const PICKS = '/api/tournaments/5/drafts/12/picks'
/** What PosthogModule puts into a page. */
const SNIPPET = /<script>[^]*?<\/script>/g

let demo: Demo
let url: string

/** Serves the demo until Ada has points for one pick. */
async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  demo = new Demo(['--serve', '--no-console'], { NODE_OPTIONS: NOTE_POSTHOG_NODE, ...env })
  ;[, url = ''] = await demo.until(/ api +(http:\S+)[^]*Ctrl-C ends everything/)
  await new ApiClient(url, ada.token).call('POST', PICKS, { body: { hero: 'rook' } })
  await demo.until(/^socket \{"event":"pick_processed"/m)
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url + path, { headers })
}

async function page(headers: Record<string, string> = {}): Promise<string> {
  return (await get('/leagues/3/leaderboard', headers)).text()
}

const asAda = { Authorization: `Bearer ${ada.token}` }
const isPosthogNodeLoaded = () => existsSync(join(demo.folder, 'posthog-node-loaded'))

const SHOWN = {
  league: { id: 3, name: 'Harbour League' },
  standings: [{ user: 'Ada', points: 4, picks: 1 }],
}

describe('the leaderboard without PostHog', () => {
  beforeAll(() => serve({}))
  afterAll(() => demo.dispose())

  it('is the page as it was rendered, byte for byte, for everybody', async () => {
    const response = await get('/leagues/3/leaderboard')

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
    expect(await response.text()).toBe(leaderboardPage({ ...SHOWN, pointsPerPick: false }))
  })

  it('knows who shows a token, and takes a wrong one for none', async () => {
    const visitor = { id: ada.id, name: ada.name }
    expect(await page(asAda)).toBe(leaderboardPage({ ...SHOWN, visitor, pointsPerPick: false }))
    expect(await page({ Authorization: 'Bearer nobody' })).toBe(
      leaderboardPage({ ...SHOWN, pointsPerPick: false }),
    )
  })

  it('has a line with its labels and its user', async () => {
    await page({ ...asAda, 'X-Request-ID': 'page-1' })
    await demo.until(/"request\.id":"page-1".*\n/)

    expect(demo.records.find((record) => record['request.id'] === 'page-1')).toMatchObject({
      event: 'request_completed',
      'http.route': '/leagues/{leagueId}/leaderboard',
      'user.id': ada.id,
      labels: ['league', 'leaderboard'],
      'league.id': 3,
    })
  })

  it.each([
    ['/leagues/9/leaderboard', 404],
    ['/leagues/99999999999999999999999/leaderboard', 404],
    ['/leagues/harbour/leaderboard', 400],
    ['/api/leagues/3/leaderboard', 404],
    ['/api/leagues/3/standings', 401],
  ])('answers a stranger who asks for %s with %d', async (path, status) => {
    expect((await get(path)).status).toBe(status)
  })

  it('has the standings of the API', async () => {
    expect(await (await get('/api/leagues/3/standings', asAda)).json()).toEqual(SHOWN.standings)
    expect((await get('/api/leagues/9/standings', asAda)).status).toBe(404)
  })

  it('has loaded nothing of PostHog', () => {
    expect(isPosthogNodeLoaded()).toBe(false)
  })
})

describe('the service with PostHog', () => {
  let posthog: FakePosthog
  beforeAll(async () => {
    posthog = await FakePosthog.start()
    await serve({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: posthog.url, POINTS_PER_PICK: 'on' })
  })
  afterAll(async () => {
    await demo.dispose()
    await posthog.stop()
  })

  it('has loaded posthog-node', () => {
    expect(isPosthogNodeLoaded()).toBe(true)
  })

  it('puts one script into the page, and leaves the rest of it as it was', async () => {
    posthog.flags = { 'points-per-pick': false }
    const shown = await page()

    expect(shown.match(SNIPPET)).toHaveLength(1)
    expect(shown).toContain('phc_test')
    expect(shown.replace(SNIPPET, '')).toBe(leaderboardPage({ ...SHOWN, pointsPerPick: false }))
  })

  it('tells the script who is signed in, and nothing of a stranger', async () => {
    expect(await page(asAda)).toContain('"distinctId":"7"')
    expect(await page()).not.toContain('"distinctId"')
  })

  it('puts nothing into what the API answers', async () => {
    expect(await (await get('/api/leagues/3/standings', asAda)).json()).toEqual(SHOWN.standings)
  })

  it.each([
    ['on', { 'points-per-pick': true }, true],
    ['off, whatever the default', { 'points-per-pick': false }, false],
    ['not known', {}, true],
    ['not answered', undefined, true],
  ])('shows points per pick by the flag: %s', async (_, flags: typeof posthog.flags, isShown) => {
    posthog.flags = flags

    expect((await page()).includes('Per pick')).toBe(isShown)
  })

  it('gets an error of the API, under the id of its line, and nothing of a request that was refused', async () => {
    await get('/api/users/me', { 'X-Request-ID': 'no-token' })
    await get('/api/tournaments/5/bracket', { ...asAda, 'X-Request-ID': 'no-teams-yet' })
    const { distinct_id, properties } = await posthog.errorOf('no-teams-yet')
    await demo.until(/"event":"request_failed".*\n/)
    const line = demo.records.find(({ event }) => event === 'request_failed')

    expect(distinct_id).toBe('7')
    expect(properties).toMatchObject({
      component: 'http',
      path: '/api/tournaments/5/bracket',
      labels: ['tournament', 'bracket'],
      'tournament.id': 5,
    })
    expect(properties['$exception_list']).toMatchObject([{ type: line?.['exception.type'] }])
    expect(line?.['request.id']).toBe(properties['request.id'])
    expect(posthog.events.all.filter((event) => event.properties['request.id'] === 'no-token')).toEqual([])
  })

  it('gets an attempt of a job that failed, under the id of the request that asked for it', async () => {
    const api = new ApiClient(url, ada.token)
    await api.call('POST', PICKS, { body: { hero: 'ember' }, requestId: 'pick-ember' })
    const { distinct_id, properties } = await posthog.errorOf('pick-ember')

    expect(distinct_id).toBe('7')
    expect(properties).toMatchObject({ component: 'job', 'job.attempt': 1, 'draft.id': 12 })
    expect(properties['$exception_list']).toMatchObject([{ type: 'StatsUnavailable' }])
  })
})
