import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { createUsageTelemetry, type UsageOptions, type UsageTelemetry } from '../src/index.js'
import { slot } from '../src/slot.js'
import { counted, timed } from './counts.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
  process.env['ACME_TELEMETRY'] = 'on'
})

afterEach(async () => {
  for (const telemetry of slot.telemetries.values()) await telemetry.shutdown()
  for (const name of ['ACME_TELEMETRY', 'OTHER_TELEMETRY', 'DO_NOT_TRACK']) delete process.env[name]
  await receiver.stop()
})

const create = (options: Partial<UsageOptions> = {}): UsageTelemetry =>
  createUsageTelemetry({
    prefix: 'acme',
    surface: 'sdk_node',
    version: '1.2.3',
    endpoint: receiver.url,
    ...options,
  })

function boom(): never {
  throw new Error('boom')
}

const arrived = (): unknown[] => counted(receiver.metricPoints())

describe('createUsageTelemetry', () => {
  it('counts events by surface and name', async () => {
    const { event, flush } = create()
    event('init')
    event('cli', 'init')
    event('call', { outcome: 'ok' })
    event('cli', 'call', { outcome: 'ok' })
    await flush()
    expect(arrived()).toEqual([
      [1, { surface: 'sdk_node', event: 'init' }],
      [1, { surface: 'cli', event: 'init' }],
      [1, { surface: 'sdk_node', event: 'call', outcome: 'ok' }],
      [1, { surface: 'cli', event: 'call', outcome: 'ok' }],
    ])
  })

  it('counts and times work, with its attributes on both', async () => {
    const telemetry = create()
    expect(telemetry.timed('a', () => 1, { resource: 'trace' })).toBe(1)
    expect(await telemetry.timed('cli', 'b', async () => 2)).toBe(2)
    expect(() =>
      telemetry.timed('c', () => {
        throw new TypeError('boom')
      }),
    ).toThrow(TypeError)
    await expect(telemetry.timed('d', () => Promise.reject(new TypeError('boom')))).rejects.toThrow(TypeError)
    await telemetry.flush()
    const expected = [
      [1, { surface: 'sdk_node', event: 'a', resource: 'trace' }],
      [1, { surface: 'cli', event: 'b' }],
      [1, { surface: 'sdk_node', event: 'c' }],
      [1, { surface: 'sdk_node', event: 'd' }],
    ]
    expect(arrived()).toEqual(expected)
    expect(timed(receiver.metricPoints())).toEqual(expected)
  })

  it('gives the same counters for the same options', async () => {
    const first = create()
    expect(create()).toBe(first)
    expect(create({ version: '2' })).not.toBe(first)
    await first.shutdown()
    expect(create()).not.toBe(first)
  })

  it('reads the environment once', async () => {
    const telemetry = create()
    delete process.env['ACME_TELEMETRY']
    expect(create()).toBe(telemetry)
    telemetry.event('init')
    await telemetry.shutdown()
    expect(arrived()).toHaveLength(1)
    expect(create()).toMatchObject({ enabled: false, reason: 'not_opted_in' })
    process.env['ACME_TELEMETRY'] = 'on'
    expect(create()).toMatchObject({ enabled: false })
    await create().shutdown()
    expect(create()).toMatchObject({ enabled: true })
  })

  it('keeps two products apart', async () => {
    const other = await startOtlpReceiver()
    process.env['OTHER_TELEMETRY'] = 'on'
    const both = [create(), create({ prefix: 'other', endpoint: other.url, surface: 'cli' })]
    for (const telemetry of both) telemetry.event('init')
    await Promise.all(both.map((telemetry) => telemetry.flush()))
    expect(receiver.metricPoints().map(({ name }) => name)).toEqual(['acme_events_total'])
    expect(other.metricPoints().map(({ name }) => name)).toEqual(['other_events_total'])
    await other.stop()
  })

  it('has each product asked on its own', () => {
    process.env['ACME_TELEMETRY'] = 'off'
    process.env['OTHER_TELEMETRY'] = 'on'
    expect(create().enabled).toBe(false)
    expect(create({ prefix: 'other' }).enabled).toBe(true)
  })

  it('opens a hundred at most', () => {
    const all = Array.from({ length: 120 }, (_, at) => create({ version: String(at) }))
    expect(all.filter(({ enabled }) => enabled)).toHaveLength(100)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a string', 'acme'],
    ['no options', {}],
    ['an object as prefix', { prefix: {} }],
    [
      'a getter that throws',
      {
        get prefix() {
          return boom()
        },
      },
    ],
    ['a proxy that throws', new Proxy({}, { get: boom })],
  ])('is off for %s instead of options', async (_, options) => {
    const telemetry = createUsageTelemetry(options as UsageOptions)
    expect(telemetry).toMatchObject({ enabled: false, reason: 'invalid_options' })
    telemetry.event('init')
    expect(telemetry.timed('work', () => 1)).toBe(1)
    await telemetry.flush()
    await telemetry.shutdown()
  })

  it('never throws, whatever JavaScript hands to its counters', async () => {
    const telemetry = create() as unknown as Record<'event' | 'timed', (...given: unknown[]) => unknown>
    for (const given of [
      [],
      [undefined],
      [null, null],
      [{}, {}],
      ['a', null],
      ['a', 'b', null],
      [Symbol('a')],
      [5n],
    ]) {
      expect(telemetry.event(...given)).toBeUndefined()
      expect(telemetry.timed(...given)).toBeUndefined()
    }
    await create().flush()
  })

  it('flushes and shuts down as often as it is told to', async () => {
    const telemetry = create()
    telemetry.event('init')
    await Promise.all([telemetry.flush(), telemetry.shutdown(), telemetry.shutdown(), telemetry.flush()])
    telemetry.event('late')
    await telemetry.flush()
    expect(arrived()).toEqual([[1, { surface: 'sdk_node', event: 'init' }]])
  })
})
