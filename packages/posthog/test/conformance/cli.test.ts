import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runChild } from '../support/child.js'
import { FakePosthog } from '../support/fake-posthog.js'
import { type Case, conformance } from './cases.js'

interface Expected {
  captured: number
  exit_code: number
  properties?: object
  stderr_contains?: string
}

/** How the program of the fixture is told to do what a case says. */
const WAYS: Record<string, string> = {
  uncaught: 'throws',
  'normal-process-exit': 'exits-3',
  'unhandled-rejection': 'rejects',
}

let server: FakePosthog

beforeEach(async () => {
  server = await FakePosthog.start()
})
afterEach(() => server.stop())

describe('cli', () => {
  it.each(conformance('cli'))('%s', async (id, { env, expected }: Case) => {
    const { captured, exit_code, properties, stderr_contains } = expected as Expected
    const ended = await runChild('cli.mjs', {
      args: [WAYS[id] ?? ''],
      env: { ...env, POSTHOG_HOST: server.url },
    })

    expect(ended.code).toBe(exit_code)
    // All of it arrived before the process was gone.
    expect(server.events).toHaveLength(captured)
    if (properties !== undefined) expect(server.events[0]?.properties).toMatchObject(properties)
    if (stderr_contains !== undefined) expect(ended.stderr).toContain(stderr_contains)
  })
})
