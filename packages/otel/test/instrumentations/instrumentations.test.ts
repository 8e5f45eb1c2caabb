import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Service, startPostgres, startRedis } from '@throughline/services'
import { runProgram } from './program.js'

const TIMEOUT_MS = 60_000

let postgres: Service
let redis: Service

beforeAll(async () => {
  postgres = await startPostgres({ url: process.env['DATABASE_URL'] })
  redis = await startRedis({ url: process.env['REDIS_URL'] })
}, TIMEOUT_MS)

afterAll(async () => {
  await postgres.stop()
  await redis.stop()
})

describe('startInstrumentations', () => {
  it(
    'takes everything out when telemetry is shut down, and puts it in again when it is started again',
    async () => {
      const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url }
      const { trees, stderr } = await runProgram('restart.mjs', { env })
      const children = ['GET', 'GET', expect.stringMatching(/^pg\.query:SELECT /), 'redis-SET', 'set']
      const outline = trees.map(({ name, children }) => [
        name,
        ...children.map((child) => child.name).toSorted(),
      ])
      expect(outline).toEqual([
        ['first', ...children],
        ['second', ...children],
      ])
      expect(stderr).toBe('')
    },
    TIMEOUT_MS,
  )

  it.each(['undici', 'http', 'pg', 'ioredis', 'redis'])('goes on without %s if that fails', async (name) => {
    const { message, stderr } = await runProgram('failing.mjs', { env: { FAILS: `-${name}` } })
    expect(message).toEqual([['instrumentation_failed', name, 'no tracer']])
    expect(stderr).toBe('')
  })

  it('leaves alone what another set-up has instrumented', async () => {
    const { message, stderr } = await runProgram('foreign.mjs')
    expect(message).toEqual({ others: 4, during: [true, true, true], after: [true, true, true] })
    expect(stderr).toBe('')
  })
})
