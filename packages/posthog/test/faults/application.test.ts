import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runChild } from '../support/child.js'
import { answer, FakePosthog, hang } from '../support/fake-posthog.js'

const OUTPUT = ['/a', '/b', '/c']
  .map((path) => `200 {"path":"${path}"}`)
  .concat('failed', 'true')
  .join('\n')

let server: FakePosthog

beforeEach(async () => {
  server = await FakePosthog.start()
})
afterEach(() => server.stop())

async function run(env: Record<string, string>): Promise<{ seconds: number; stderr: string }> {
  const started = performance.now()
  const { code, stdout, stderr } = await runChild('application.mjs', { env: { LOG_LEVEL: 'fatal', ...env } })
  expect([code, stdout.trim()]).toEqual([7, OUTPUT])
  return { seconds: (performance.now() - started) / 1_000, stderr }
}

describe('an application', () => {
  it('sends what it has before it ends by itself', async () => {
    server.flags = { flag: true }
    await run({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url })
    expect(server.events.map(({ event }) => event).toSorted()).toEqual([
      '$exception',
      '$feature_flag_called',
      'asked',
      'asked',
      'asked',
    ])
  })

  it.each([
    ['hangs', hang],
    ['refuses', (_request: unknown, response: never) => answer(response, 401, {})],
    [
      'is overloaded',
      (_request: unknown, response: never) => answer(response, 429, {}, { 'retry-after': '60' }),
    ],
    ['finds everything too large', (_request: unknown, response: never) => answer(response, 413, {})],
    [
      'answers nonsense',
      (_request: unknown, response: { end(text: string): void }) => response.end('<html>'),
    ],
    ['breaks the connection', (_request: unknown, response: { destroy(): void }) => response.destroy()],
  ])('answers as ever and ends as ever when PostHog %s', async (_name, misbehave) => {
    server.onBatch = misbehave as never
    server.onFlags = misbehave as never
    const { seconds, stderr } = await run({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url })
    expect(stderr).toBe('')
    expect(seconds).toBeLessThan(15)
  })

  it('answers as ever and ends as ever when PostHog is not there', async () => {
    // A port that was free a moment ago.
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
    const { port } = probe.address() as { port: number }
    await new Promise((resolve) => probe.close(resolve))
    const { stderr } = await run({ POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: `http://127.0.0.1:${port}` })
    expect(stderr).toBe('')
  })

  it('answers as ever and ends as ever when PostHog does not speak TLS', async () => {
    const { stderr } = await run({
      POSTHOG_API_KEY: 'phc_test',
      POSTHOG_HOST: server.url.replace('http:', 'https:'),
    })
    expect(stderr).toBe('')
    expect(server.requests).toEqual([])
  })

  it('sends what it has when it is told to end, and ends by the signal', async () => {
    const ended = await runChild('signalled.mjs', {
      env: { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url, LOG_LEVEL: 'fatal' },
      onOutput: (stdout, kill) => stdout.includes('ready') && kill('SIGTERM'),
    })
    expect(ended.signal).toBe('SIGTERM')
    expect(server.named('waiting')).toHaveLength(1)
  })

  it('answers as ever and ends as ever while it is off', async () => {
    await run({})
    expect(server.requests).toEqual([])
  })
})
