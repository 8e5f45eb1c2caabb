import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Service, startRedis } from '@throughline/services'
import { runProgram } from '../instrumentations/program.js'

const TIMEOUT_MS = 60_000

let redis: Service

beforeAll(async () => {
  redis = await startRedis({ url: process.env['REDIS_URL'] })
}, TIMEOUT_MS)

afterAll(() => redis.stop())

interface Loaded {
  /** Files of OpenTelemetry loaded before the program, and at its end. */
  readonly before: number
  readonly after: number
  readonly isRequirePatched: boolean
}

describe('node --import @throughline/otel/register', () => {
  it.each([
    ['OTEL_ENABLED is not set', { OTEL_ENABLED: undefined }, ['otel_off']],
    ['there is no endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, ['otel_off']],
    ['OTEL_SDK_DISABLED is true', { OTEL_SDK_DISABLED: 'true' }, ['otel_off']],
    [
      'the endpoint is no URL',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' },
      ['configuration_problem', 'otel_off'],
    ],
  ])('loads nothing of OpenTelemetry if %s', async (_case, env, events) => {
    const { message, lines, stderr } = await runProgram<Loaded>('loaded.mjs', { register: true, env })
    expect(message).toEqual({ before: 0, after: 0, isRequirePatched: false })
    expect(lines.map(({ event }) => event)).toEqual(events)
    expect(stderr).toBe('')
  })

  it('has everything in place before the program is loaded', async () => {
    const { message, lines, stderr } = await runProgram<Loaded>('loaded.mjs', { register: true })
    expect(message.before).toBeGreaterThan(0)
    expect(message.after).toBe(message.before)
    expect(message.isRequirePatched).toBe(true)
    expect(lines).toEqual([])
    expect(stderr).toBe('')
  })

  it('is asked for where a driver was loaded too early to be instrumented, once and only then', async () => {
    const env = { REDIS_URL: redis.url }
    const late = await runProgram('redis-4.mjs', { env })
    expect(late.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      {
        event: 'otel_started_late',
        drivers: ['redis'],
        hint: 'start with node --import @throughline/otel/register',
      },
    ])
    expect(late.trees).toMatchObject([{ name: 'unit', children: [] }])

    const early = await runProgram('redis-4.mjs', { register: true, env })
    expect(early.lines.filter(({ level }) => level === 'warn')).toEqual([])
    expect(early.trees).toMatchObject([{ name: 'unit', children: [{ name: 'redis-GET' }] }])
  })
})
