import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { readFileSync } from 'node:fs'
import { ApiClient } from '../../src/client/api-client.js'
import { demoUsers } from '../../src/database/demo-users.js'
import { statsProgram } from '../../src/stats/program.js'
import { Demo } from '../support/demo.js'
import { runStats } from '../support/run-stats.js'

const [{ token }] = demoUsers

let demo: Demo
let access: { TOURNAMENT_URL: string; TOURNAMENT_TOKEN: string }
let receiver: OtlpReceiver

beforeAll(async () => {
  demo = new Demo(['--serve', '--no-console'])
  const [, url = ''] = await demo.until(/ api +(http:\S+)[^]*Ctrl-C ends everything/)
  await new ApiClient(url, token).call('POST', '/api/tournaments/5/drafts/12/picks', {
    body: { hero: 'rook' },
  })
  await demo.until(/^socket \{"event":"pick_processed"/m)
  access = { TOURNAMENT_URL: url, TOURNAMENT_TOKEN: token }
})
afterAll(() => demo.dispose())

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})
afterEach(() => receiver.stop())

describe('stats', () => {
  it('prints the standings of a league', async () => {
    const { TOURNAMENT_URL: url } = access
    // A slash at the end of a URL is nothing to fail for.
    const ended = await runStats(['standings', '--league', '3', '--url', `${url}/`, '--token', token])

    expect(ended).toEqual({
      code: 0,
      stdout: 'rank  player  points  picks\n   1  Ada          4      1\n',
      stderr: '',
    })
  })

  it('prints all drafts, with what the environment says of the service', async () => {
    expect(await runStats(['drafts'], access)).toEqual({
      code: 0,
      stdout: 'draft  tournament\n   12           5\n',
      stderr: '',
    })
  })

  it('runs the command that --serve prints', async () => {
    const [, args = ''] = /^ *node \S*dist\/stats\/main\.js (.*)$/m.exec(demo.output) ?? []

    expect(await runStats(args.split(' '))).toMatchObject({ code: 0, stderr: '' })
  })

  it('says under which id the service has logged what it refused', async () => {
    const { code, stdout, stderr } = await runStats(['standings', '--league', '9'], access)
    const [, requestId] = /request\.id is (\S+)$/m.exec(stderr) ?? []

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      `✗ GET /api/leagues/9/standings was answered with 404, there is no league 9; request.id is ${requestId}\n`,
    )
    await demo.until(new RegExp(`"http.response.status_code":404.*"request.id":"${requestId}"`))
  })

  it('says what a stranger has to give', async () => {
    const { code, stderr } = await runStats(['drafts'], { TOURNAMENT_URL: access.TOURNAMENT_URL })

    expect(code).toBe(1)
    expect(stderr).toContain('was answered with 401')
    expect(stderr).toContain('give --token or TOURNAMENT_TOKEN')
  })

  it('says so where nothing, or something else, answers', async () => {
    const { url } = receiver
    const other = await runStats(['drafts', '--url', url])
    await receiver.stop()
    const nothing = await runStats(['drafts', '--url', url])

    expect(other).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^✗ .*\n$/) })
    expect(nothing).toMatchObject({ code: 1, stdout: '' })
    expect(nothing.stderr).toMatch(`✗ ${url} does not answer as the service does: connect ECONNREFUSED`)
  })
})

/** Ways to run it that end in every way there is. */
const RUNS: [args: string[], code: number, command: string, outcome: string][] = [
  [['standings', '--league', '3'], 0, 'standings', 'success'],
  [['--help'], 0, 'no_subcommand', 'success'],
  [['drafts', '--help'], 0, 'drafts', 'success'],
  [['standings', '--league', '9'], 1, 'standings', 'error'],
  [['standings', '--league', 'harbour'], 2, 'standings', 'error'],
  [['standings'], 2, 'standings', 'error'],
  [['drafts', '--url', 'localhost'], 2, 'drafts', 'error'],
  [['drafts', '--no-such-option'], 2, 'drafts', 'error'],
  [['hunter2'], 2, 'no_subcommand', 'error'],
  [[], 2, 'no_subcommand', 'error'],
]

const REQUEST_ID = /request\.id is \S+/

describe('the usage counters of stats', () => {
  it.each(RUNS)(
    'count %j, which ends with %i as it does without them',
    async (args, code, command, outcome) => {
      const off = await runStats(args, { ...access, TOURNAMENT_OTLP_ENDPOINT: receiver.url })
      expect(off.code).toBe(code)
      expect(receiver.requests).toEqual([])

      const on = await runStats(args, {
        ...access,
        TOURNAMENT_OTLP_ENDPOINT: receiver.url,
        TOURNAMENT_TELEMETRY: 'on',
      })
      expect({ ...on, stderr: on.stderr.replace(REQUEST_ID, '') }).toEqual({
        ...off,
        stderr: off.stderr.replace(REQUEST_ID, ''),
      })
      const ran = { surface: 'cli', event: 'cmd_run', command }
      expect(
        receiver.metricPoints().map(({ name, resource, points }) => ({
          name,
          resource,
          points: points.map((point) => point.attributes),
        })),
      ).toEqual([
        { name: 'tournament_events_total', resource: RESOURCE, points: [ran] },
        { name: 'tournament_request_duration_seconds', resource: RESOURCE, points: [{ ...ran, outcome }] },
      ])
    },
  )

  it.each([
    ['nobody has said anything', {}],
    ['they are refused', { TOURNAMENT_TELEMETRY: 'off' }],
    ['nobody is to be tracked', { TOURNAMENT_TELEMETRY: 'on', DO_NOT_TRACK: '1' }],
  ])('ask no collector where %s', async (_, env) => {
    const all = { ...access, TOURNAMENT_OTLP_ENDPOINT: receiver.url, ...env }

    expect(await runStats(['drafts'], all)).toMatchObject({ code: 0, stderr: '' })
    expect(receiver.requests).toEqual([])
  })

  it('change nothing where the collector is away', async () => {
    const { url } = receiver
    await receiver.stop()
    const env = { ...access, TOURNAMENT_OTLP_ENDPOINT: url, TOURNAMENT_TELEMETRY: 'on' }

    expect(await runStats(['drafts'], env)).toEqual(await runStats(['drafts'], access))
  })

  it.each([
    [{}, 'off: not_opted_in'],
    [{ TOURNAMENT_TELEMETRY: 'on' }, 'off: no_endpoint'],
    [{ TOURNAMENT_TELEMETRY: 'on', TOURNAMENT_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, 'on: opted_in'],
  ])('are told about with %j', async (env, state) => {
    expect((await runStats(['telemetry'], env)).stdout).toBe(
      `Usage counters are ${state}\nSee apps/demo/telemetry.md\n`,
    )
  })
})

const RESOURCE = { 'service.name': 'tournament', 'service.version': expect.any(String) }

describe('telemetry.md', () => {
  const text = readFileSync(new URL('../../telemetry.md', import.meta.url), 'utf8')

  it('names every command, and leaves nothing to fill in', () => {
    const [, commands] = /^\| `command` .*\| (.*?) *\|$/m.exec(text) ?? []
    const names = statsProgram().commands.map((command) => `\`${command.name()}\``)

    expect(commands).toBe(`${names.join(', ')}, or \`no_subcommand\``)
    expect(text).not.toMatch(/\{(?!event\})|<!--/)
  })
})
