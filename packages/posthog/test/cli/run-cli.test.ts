import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runChild } from '../support/child.js'
import { FakePosthog, hang } from '../support/fake-posthog.js'

let server: FakePosthog

beforeEach(async () => {
  server = await FakePosthog.start()
})
afterEach(() => server.stop())

/** The ways in which a program ends: exit code, what is captured, and what it prints of it. */
const WAYS: [string, number, string[], string][] = [
  ['throws', 1, ['Error: boom'], 'boom'],
  ['throws-later', 1, ['Error: boom'], 'boom'],
  ['throws-text', 1, ['string: just text'], 'just text'],
  ['rejects', 1, ['Error: later'], 'later'],
  ['rejects-unseen', 1, ['Error: later'], 'later'],
  ['exits-3', 3, [], ''],
  ['exit-code-4', 4, [], ''],
  ['commander', 0, [], ''],
  ['oclif', 5, [], ''],
]

describe('runCli', () => {
  it.each(WAYS)('with a program that %s', async (way, code, errors, printed) => {
    const env = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url }
    const ended = await runChild('cli.mjs', { args: [way], env })
    const captured = server.named('$exception').map(({ properties }) => {
      const [{ type, value }] = properties['$exception_list'] as unknown as [{ type: string; value: string }]
      expect(properties).toMatchObject({ component: 'cli', command: 'query' })
      return `${type}: ${value}`
    })
    expect([ended.code, captured]).toEqual([code, errors])
    expect(ended.stderr).toContain(printed)
    if (printed === '') expect(ended.stderr).toBe('')
  })

  it.each(WAYS)(
    'ends a program that %s in the same way while PostHog is off',
    async (way, code, _errors, printed) => {
      const ended = await runChild('cli.mjs', { args: [way] })
      expect(ended.code).toBe(code)
      expect(ended.stderr).toContain(printed)
    },
  )

  it('sends what a program captured before it ends well', async () => {
    const env = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url }
    expect((await runChild('cli.mjs', { args: ['captures'], env })).code).toBe(0)
    expect(server.named('imported')[0]).toMatchObject({
      distinct_id: 'u-1',
      properties: { command: 'query' },
    })
  })

  it('waits for a PostHog that hangs for no longer than its bound', async () => {
    server.onBatch = hang
    const env = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url }
    const started = performance.now()
    expect((await runChild('cli.mjs', { args: ['throws'], env })).code).toBe(1)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('ends well within its bound although PostHog hangs', async () => {
    server.onBatch = hang
    const env = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url, LOG_LEVEL: 'fatal' }
    expect(await runChild('cli.mjs', { args: ['captures'], env })).toMatchObject({ code: 0, stderr: '' })
    // Each one holds the end for two seconds.
    expect(server.requests.filter(({ path }) => path.startsWith('/batch'))).toHaveLength(1)
  })

  it('leaves Ctrl-C alone', async () => {
    const env = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url }
    const ended = await runChild('cli.mjs', {
      args: ['waits'],
      env,
      onOutput: (_stdout, kill) => kill('SIGINT'),
    })
    expect(ended.signal).toBe('SIGINT')
    expect(server.events).toEqual([])
  })
})
