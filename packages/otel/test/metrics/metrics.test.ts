import { afterEach, describe, expect, it } from '@jest/globals'
import { loadConfig } from '@throughline/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { type NumberPoint, type OtlpMetric, type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { createExporters, type Exporters, type MetricExporter } from '../../src/export/exporters.js'
import { startHostMetrics } from '../../src/metrics/host-metrics.js'
import { createMeterProvider } from '../../src/metrics/meter-provider.js'
import { observePipeline } from '../../src/metrics/pipeline-metrics.js'
import { startRuntimeMetrics } from '../../src/metrics/runtime-metrics.js'
import { createUnitMetrics } from '../../src/metrics/unit-metrics.js'

let receiver: OtlpReceiver
let exporters: Exporters
const cleanUp: (() => unknown)[] = []

async function start(env: NodeJS.ProcessEnv = {}) {
  receiver = await startOtlpReceiver()
  const { config } = loadConfig({ OTEL_ENABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env })
  exporters = createExporters(config)
  const provider = createMeterProvider(
    config,
    resourceFromAttributes({}),
    exporters.metrics as MetricExporter,
  )
  cleanUp.push(
    () => exporters.shutdown(),
    () => provider.shutdown(),
    () => receiver.stop(),
  )
  return provider
}

afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step()
})

const metric = (name: string): OtlpMetric | undefined =>
  receiver.metricPoints().findLast((m) => m.name === name)

function points(name: string): readonly NumberPoint[] {
  const found = metric(name)
  return found?.type === 'gauge' || found?.type === 'sum' ? found.points : []
}

describe('metrics', () => {
  it('go out by themselves at the interval', async () => {
    const provider = await start({ OTEL_METRIC_EXPORT_INTERVAL: '50' })
    provider.getMeter('test').createCounter('a').add(1)
    await receiver.until((r) => r.metricPoints().length > 1, 'two exports')
  })

  it('time requests and jobs in seconds, in the buckets of the conventions', async () => {
    const units = createUnitMetrics((await start()).getMeter('test'))
    units.http(0.03, { 'http.request.method': 'GET', 'http.response.status_code': 200 })
    units.job(2, { 'messaging.system': 'bullmq', 'job.outcome': 'ok' })
    await exporters.flush()
    expect(metric('http.server.request.duration')).toMatchObject({
      unit: 's',
      points: [
        {
          attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200 },
          count: 1,
          sum: 0.03,
          bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        },
      ],
    })
    expect(metric('messaging.process.duration')).toMatchObject({
      unit: 's',
      points: [{ attributes: { 'messaging.system': 'bullmq', 'job.outcome': 'ok' }, sum: 2 }],
    })
  })

  it('count open connections up and down', async () => {
    const units = createUnitMetrics((await start()).getMeter('test'))
    units.connectionOpened({})
    units.connectionOpened({})
    units.connectionClosed({})
    await exporters.flush()
    expect(metric('ws.server.active_connections')).toMatchObject({
      unit: '{connection}',
      points: [{ value: 1 }],
    })
  })

  it('tell what became of lines and exports', async () => {
    const provider = await start()
    observePipeline(provider.getMeter('test'), exporters.drops)
    exporters.drops.add('logs', 'queue_full', 3)
    exporters.drops.add('logs', 'queue_full', 2)
    await exporters.flush()
    expect(metric('throughline.export.dropped')).toMatchObject({
      unit: '{item}',
      points: [{ attributes: { signal: 'logs', reason: 'queue_full' }, value: 5 }],
    })
    expect(metric('throughline.log.lines')).toMatchObject({ unit: '{line}' })
    expect(metric('throughline.log.lines.dropped')?.points).toHaveLength(2)
  })

  it('show machine and process by the names of today', async () => {
    startHostMetrics(await start())
    const until = performance.now() + 60
    while (performance.now() < until) Math.sqrt(until)
    await exporters.flush()
    const cpu = points('process.cpu.utilization')
    expect(cpu.map(({ attributes }) => attributes)).toEqual([
      { 'cpu.mode': 'user' },
      { 'cpu.mode': 'system' },
    ])
    expect(cpu[0]?.value).toBeGreaterThan(0)
    expect(metric('process.memory.usage')).toMatchObject({ unit: 'By' })
    expect(metric('system.memory.utilization')?.points).toHaveLength(2)
    const shares = points('system.cpu.utilization')
    expect(shares.reduce((sum, { value }) => sum + Number(value), 0)).toBeCloseTo(1)
  })

  it('show the runtime: event loop, garbage collection, heap', async () => {
    const stop = await startRuntimeMetrics(await start())
    cleanUp.push(stop)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await exporters.flush()
    const names = receiver.metricPoints().map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'nodejs.eventloop.delay.p99',
        'nodejs.eventloop.utilization',
        'v8js.memory.heap.used',
      ]),
    )
  })
})
