import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Fault, type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { createUsageExporter } from '../../src/export/exporter.js'
import type { ExporterOptions, UsageExporter } from '../../src/pipeline/usage-exporter.js'
import { counted } from '../counts.js'

let receiver: OtlpReceiver
const exporters: UsageExporter[] = []

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(async () => {
  for (const exporter of exporters.splice(0)) exporter.close()
  await receiver.stop()
})

function start(options?: ExporterOptions): UsageExporter {
  const settings = {
    prefix: 'acme',
    url: `${receiver.url}/v1/metrics`,
    headers: {},
    resource: { 'service.name': 'acme' },
  }
  const exporter = createUsageExporter(settings, options)
  exporters.push(exporter)
  return exporter
}

const count = (exporter: UsageExporter, event: string): void =>
  exporter.record({ attributes: { surface: 's', event }, duration: undefined })

const arrived = (): unknown[] => counted(receiver.metricPoints())

describe('an exporter', () => {
  it.each([301, 302, 307, 308])('goes nowhere else when it is answered %d', async (status) => {
    const elsewhere = await startOtlpReceiver()
    receiver.respondWith({ kind: 'status', status, headers: { location: `${elsewhere.url}/v1/metrics` } })
    const exporter = start()
    count(exporter, 'e')
    await exporter.export()
    expect(receiver.requests).toHaveLength(1)
    expect(elsewhere.requests).toEqual([])
    expect(exporter.unsent).toBeUndefined()
    await elsewhere.stop()
  })

  it('sends the counts since the last time', async () => {
    const exporter = start()
    count(exporter, 'a')
    count(exporter, 'a')
    await exporter.export()
    count(exporter, 'a')
    await exporter.export()
    expect(arrived()).toEqual([
      [2, { surface: 's', event: 'a' }],
      [1, { surface: 's', event: 'a' }],
    ])
    expect(receiver.metricPoints().map((metric) => 'temporality' in metric && metric.temporality)).toEqual([
      'DELTA',
      'DELTA',
    ])
  })

  it('sends nothing where nothing was counted', async () => {
    await start().export()
    expect(receiver.requests).toEqual([])
  })

  it('tells when what was recorded has been collected', async () => {
    let collected = 0
    const exporter = start({ onCollected: () => void collected++ })
    count(exporter, 'a')
    await exporter.export()
    expect(collected).toBe(1)
  })

  it('sends what another one could not', async () => {
    const first = start()
    count(first, 'a')
    receiver.respondWith({ kind: 'status', status: 503 })
    await first.export()
    receiver.respondNormally()
    await start({ unsent: first.unsent }).export()
    expect(arrived()).toEqual([[1, { surface: 's', event: 'a' }]])
  })

  it.each<[string, Fault]>([
    ['is too busy', { kind: 'status', status: 503 }],
    ['has had too much', { kind: 'status', status: 429 }],
    ['breaks off', { kind: 'reset' }],
  ])('keeps counting for a collector that %s, and delivers all when it is back', async (_, fault) => {
    const exporter = start()
    receiver.respondWith(fault)
    for (let round = 0; round < 3; round++) {
      count(exporter, 'a')
      await exporter.export()
    }
    receiver.respondNormally()
    await exporter.export()
    expect(arrived()).toEqual([
      [1, { surface: 's', event: 'a' }],
      [2, { surface: 's', event: 'a' }],
    ])
    expect(exporter.unsent).toBeUndefined()
  })

  it('keeps counting for a collector that is away', async () => {
    const exporter = start()
    await receiver.pause()
    count(exporter, 'a')
    await exporter.export()
    expect(exporter.unsent).toBeInstanceOf(Uint8Array)
    await receiver.resume()
    await exporter.export()
    expect(arrived()).toEqual([[1, { surface: 's', event: 'a' }]])
  })

  it.each([400, 401, 404, 301])('drops what a collector refuses with %d', async (status) => {
    const exporter = start()
    receiver.respondWith({ kind: 'status', status, headers: { location: 'http://127.0.0.1:9/' } })
    count(exporter, 'a')
    await exporter.export()
    receiver.respondNormally()
    count(exporter, 'b')
    await exporter.export()
    expect(arrived()).toEqual([[1, { surface: 's', event: 'b' }]])
  })

  it.each(['120', new Date(Date.now() + 120_000).toUTCString()])(
    'leaves a collector alone that says Retry-After: %s',
    async (wait) => {
      const exporter = start()
      receiver.respondWith({ kind: 'status', status: 429, headers: { 'retry-after': wait } })
      count(exporter, 'a')
      await exporter.export()
      await exporter.export()
      expect(receiver.requests).toHaveLength(1)
    },
  )

  it('takes an answer that is no OTLP for an answer', async () => {
    const exporter = start()
    receiver.respondWith({ kind: 'garbage' })
    count(exporter, 'a')
    await exporter.export()
    expect(exporter.unsent).toBeUndefined()
  })

  it('has one request under way at a time, and says so', async () => {
    const exporter = start()
    receiver.respondWith({ kind: 'slow', delayMs: 100 })
    count(exporter, 'a')
    const first = exporter.export()
    await receiver.until((r) => r.requests.length === 1, 'the first request')
    expect([exporter.busy, exporter.unsent]).toEqual([true, undefined])
    count(exporter, 'b')
    const second = exporter.export()
    expect(receiver.requests).toHaveLength(1)
    await Promise.all([first, second])
    expect(arrived()).toHaveLength(2)
    expect(exporter.busy).toBe(false)
  })

  it('ends a request that hangs when it is closed', async () => {
    const exporter = start()
    receiver.respondWith({ kind: 'hang' })
    count(exporter, 'a')
    const exporting = exporter.export()
    await receiver.until((r) => r.requests.length === 1, 'the request')
    exporter.close()
    await exporting
    expect(exporter.busy).toBe(false)
  })

  it('counts the thousandth combination and those after it as one', async () => {
    const exporter = start()
    for (let at = 0; at < 3_000; at++) count(exporter, `e${at}`)
    await exporter.export()
    const points = arrived() as [number, Record<string, unknown>][]
    expect(points).toHaveLength(1_000)
    expect(points.find(([, attributes]) => attributes['otel.metric.overflow'] === true)?.[0]).toBe(2_001)
  })
})
