import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Service, startRedis } from '@throughline/services'
import { runProgram } from './program.js'

const TIMEOUT_MS = 60_000

let redis: Service

beforeAll(async () => {
  redis = await startRedis({ url: process.env['REDIS_URL'] })
}, TIMEOUT_MS)

afterAll(() => redis.stop())

describe('Redis commands on a connection that BullMQ works on too', () => {
  it.each([
    ['started with --import', true],
    ['started by the program', false],
  ])(
    'have spans if they are the application’s own, %s',
    async (_kind, register) => {
      const { trees } = await runProgram('bullmq.mjs', { register, env: { REDIS_URL: redis.url } })
      const commandsOf = (unit: string): unknown[] =>
        trees
          .filter(({ name }) => name === unit)
          .map(({ children }) => children.map(({ attributes }) => attributes['db.query.text']))
      const own = expect.stringMatching(/^evalsha [\da-f]{40} 1 key \[1 other arguments\]$/)
      expect(commandsOf('request')).toEqual([['set key [1 other arguments]', own, own]])
      expect(commandsOf('job')).toEqual(Array.from({ length: 4 }, () => ['get key']))
      expect(commandsOf('connect')).toEqual([['get key']])
      expect(trees).toHaveLength(6)
    },
    TIMEOUT_MS,
  )
})
