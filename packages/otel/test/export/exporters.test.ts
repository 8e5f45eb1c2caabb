import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runWithContext } from '@throughline/core'
import { activeFrame, addSink } from '@throughline/core/binding'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { gauge, metricsRequest, point, span } from '../otlp/harness.js'
import { captureReports, type Pipeline, record, type Report, startPipeline } from './harness.js'

let receiver: OtlpReceiver
let pipeline: Pipeline
let reports: Report[]
let stopCapture: () => void

beforeEach(async () => {
  receiver = await startOtlpReceiver()
  const captured = captureReports()
  reports = captured.reports
  stopCapture = captured.stop
})

afterEach(async () => {
  await pipeline.exporters.shutdown()
  stopCapture()
  await receiver.stop()
})

const events = (): string[] => reports.map(({ event }) => event)

describe('createExporters', () => {
  it('sends by itself what waits, after the delay', async () => {
    pipeline = startPipeline(receiver.url)
    pipeline.log(3)
    await receiver.until((r) => r.logRecords().length === 3, 'three records')
    expect(pipeline.drops()).toEqual({})
    expect(events()).toEqual([])
  })

  it('counts records that cannot be encoded, and sends the others', async () => {
    pipeline = startPipeline(receiver.url)
    const bad = record({ eventName: 5 as never })
    pipeline.log(3)
    pipeline.sink.write(bad)
    pipeline.log(3)
    await pipeline.exporters.flush()
    expect(receiver.logRecords()).toHaveLength(6)
    expect(receiver.requests).toHaveLength(1)
    expect(pipeline.drops()).toEqual({ 'logs unserializable': 1 })
    pipeline.sink.write(bad)
    await pipeline.exporters.flush()
    expect(receiver.requests).toHaveLength(1)
    expect(pipeline.drops()).toEqual({ 'logs unserializable': 2 })
    expect(pipeline.logs.open).toBe(0)
    expect(events()).toEqual([])
  })

  it('counts a record once where it cannot be encoded and the others do not arrive', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'status', status: 400 })
    pipeline.log(3)
    pipeline.sink.write(record({ eventName: 5 as never }))
    await pipeline.exporters.flush()
    expect(pipeline.drops()).toEqual({ 'logs unserializable': 1, 'logs failed': 3 })
    expect(pipeline.logs.open).toBe(0)
  })

  it('hands batches over in the order in which they came, the full ones and the rest', async () => {
    pipeline = startPipeline(receiver.url, { OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '10' })
    const batches: unknown[][] = []
    const inner = pipeline.logs.export.bind(pipeline.logs)
    pipeline.logs.export = (batch, done) => {
      batches.push(batch.map(({ record }) => record.attributes['i']))
      inner(batch, done)
    }
    pipeline.log(95)
    expect(batches).toEqual([])
    await pipeline.exporters.flush()
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5])
    expect(batches.flat()).toEqual(Array.from({ length: 95 }, (_, i) => i))
    expect(receiver.logRecords()).toHaveLength(95)
  })

  it('sends the headers and the encoding that the environment asks for', async () => {
    process.env['OTEL_EXPORTER_OTLP_LOGS_COMPRESSION'] = 'gzip'
    try {
      pipeline = startPipeline(receiver.url, {
        OTEL_EXPORTER_OTLP_HEADERS: 'a=1,b=2',
        OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'b=3',
      })
    } finally {
      delete process.env['OTEL_EXPORTER_OTLP_LOGS_COMPRESSION']
    }
    pipeline.log(1)
    await pipeline.exporters.flush()
    expect(receiver.requests[0]?.headers).toMatchObject({ a: '1', b: '3', 'content-encoding': 'gzip' })
    expect(receiver.logRecords()).toHaveLength(1)
  })

  it('exports no signal that is switched off', () => {
    pipeline = startPipeline(receiver.url, { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'NONE' })
    expect(pipeline.exporters.traces).toBeUndefined()
    expect(pipeline.exporters.metrics).toBeUndefined()
  })

  it('lets a second flush take what came while the first one ran', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'slow', delayMs: 100 }, { times: 1 })
    pipeline.log(5)
    const first = pipeline.exporters.flush()
    await receiver.until((r) => r.requests.length === 1, 'the first export')
    pipeline.log(5)
    await pipeline.exporters.flush()
    await first
    expect(receiver.logRecords()).toHaveLength(10)
  })

  it('sends all of a full queue in one flush', async () => {
    pipeline = startPipeline(receiver.url, { OTEL_BLRP_SCHEDULE_DELAY: '60000' })
    pipeline.log(2_560)
    await pipeline.exporters.flush()
    expect(receiver.logRecords()).toHaveLength(2_560)
    expect(pipeline.drops()).toEqual({})
  })

  it('counts what does not fit and says so once, then that it fits again', async () => {
    pipeline = startPipeline(receiver.url, {
      OTEL_BLRP_MAX_QUEUE_SIZE: '10',
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '5',
    })
    receiver.respondWith({ kind: 'slow', delayMs: 50 })
    pipeline.log(100)
    expect(pipeline.drops()).toEqual({ 'logs queue_full': 85 })
    await pipeline.exporters.flush()
    expect(receiver.logRecords()).toHaveLength(15)
    expect(reports).toMatchObject([
      {
        event: 'otel_records_dropped',
        level: 'warn',
        attributes: { 'otel.signal': 'logs', 'otel.dropped': 1 },
      },
      { event: 'otel_export_recovered', level: 'info', attributes: { 'otel.dropped': 85 } },
    ])
  })

  it('runs exports and timers outside the request that starts them', async () => {
    pipeline = startPipeline(receiver.url)
    const frames: unknown[] = []
    const inner = pipeline.logs.export.bind(pipeline.logs)
    pipeline.logs.export = (...args) => {
      frames.push(activeFrame())
      inner(...args)
    }
    runWithContext({ 'request.id': 'a' }, () => pipeline.log(513))
    await receiver.until((r) => r.logRecords().length === 513, 'all records')
    expect(frames).toEqual([undefined, undefined])
  })

  it('says nothing of a failure that passes at the next try', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'status', status: 503 }, { times: 1 })
    pipeline.log(1)
    await receiver.until((r) => r.logRecords().length === 1, 'the record')
    expect(events()).toEqual([])
  })

  it('tells a refusal once, and drops the batch', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'status', status: 400 })
    for (let i = 0; i < 3; i++) {
      pipeline.log(2)
      await pipeline.exporters.flush()
    }
    expect(pipeline.drops()).toEqual({ 'logs failed': 6 })
    expect(reports).toMatchObject([
      {
        event: 'otel_export_failed',
        level: 'warn',
        attributes: {
          'otel.signal': 'logs',
          'otel.endpoint': `${receiver.url}/v1/logs`,
          'otel.error': 'HTTP 400 Bad Request',
          hint: 'the log of the collector says more',
        },
      },
    ])
    receiver.respondNormally()
    pipeline.log(1)
    await pipeline.exporters.flush()
    expect(reports[1]).toMatchObject({ event: 'otel_export_recovered', attributes: { 'otel.dropped': 6 } })
  })

  it('hands its own lines to the console alone, never to what is exported', async () => {
    stopCapture()
    const handed: string[] = []
    const remove = addSink({ level: 'trace', write: ({ event }) => handed.push(event) })
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'status', status: 400 })
    pipeline.log(1)
    await pipeline.exporters.flush()
    expect(pipeline.drops()).toEqual({ 'logs failed': 1 })
    expect(handed).toEqual([])
    remove()
  })

  it('waits as long as Retry-After says', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'status', status: 429, headers: { 'retry-after': '1' } }, { times: 1 })
    pipeline.log(1)
    const before = performance.now()
    await receiver.until((r) => r.logRecords().length === 1, 'the record')
    expect(performance.now() - before).toBeGreaterThan(900)
    expect(receiver.requests).toHaveLength(2)
  })

  it('gives up where Retry-After is beyond the time of an export', async () => {
    pipeline = startPipeline(receiver.url, { OTEL_BLRP_EXPORT_TIMEOUT: '500' })
    receiver.respondWith({ kind: 'status', status: 429, headers: { 'retry-after': '30' } })
    pipeline.log(1)
    await pipeline.exporters.flush()
    expect(pipeline.drops()).toEqual({ 'logs failed': 1 })
    expect(receiver.requests).toHaveLength(1)
  })

  it('counts what a partial success refuses', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'partial', rejected: 3, message: 'too old' }, { times: 1 })
    pipeline.log(5)
    await pipeline.exporters.flush()
    expect(pipeline.drops()).toEqual({ 'logs rejected': 3 })
    expect(reports).toMatchObject([{ attributes: { 'otel.error': 'the collector refused a part: too old' } }])
  })

  it('counts what is refused of spans and of data points as well', async () => {
    pipeline = startPipeline(receiver.url)
    const { traces, metrics } = pipeline.exporters
    receiver.respondWith({ kind: 'partial', rejected: 1, message: 'too old' })
    traces?.export([span(), span()], () => {})
    metrics?.export(metricsRequest(gauge('a', { dataPoints: [point(), point()] })), () => {})
    await pipeline.exporters.flush()
    expect(receiver.spans()).toHaveLength(2)
    expect(receiver.metricPoints()).toHaveLength(1)
    expect(pipeline.drops()).toEqual({ 'traces rejected': 1, 'metrics rejected': 1 })
  })

  it('counts no more refused than was sent, whatever the collector says', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'partial', rejected: 2 ** 40 }, { times: 1 })
    pipeline.log(5)
    await pipeline.exporters.flush()
    expect(pipeline.drops()).toEqual({ 'logs rejected': 5 })
  })

  it('counts the data points of a metric that cannot be encoded, and sends the others', async () => {
    pipeline = startPipeline(receiver.url)
    const bad = gauge('bad', { dataPoints: [point(), point({ value: 1n as never })] })
    pipeline.exporters.metrics?.export(metricsRequest(gauge('a'), bad), () => {})
    await pipeline.exporters.flush()
    expect(receiver.metricPoints().map(({ name }) => name)).toEqual(['a'])
    expect(pipeline.drops()).toEqual({ 'metrics unserializable': 2 })
  })

  it('sends nothing, and says nothing, of metrics without a data point', async () => {
    pipeline = startPipeline(receiver.url)
    pipeline.exporters.metrics?.export(metricsRequest(gauge('a', { dataPoints: [] })), () => {})
    await pipeline.exporters.flush()
    expect(receiver.requests).toEqual([])
    expect(pipeline.drops()).toEqual({})
    expect(events()).toEqual([])
  })

  it('keeps the newest of metrics that wait', async () => {
    pipeline = startPipeline(receiver.url)
    const { metrics } = pipeline.exporters
    receiver.respondWith({ kind: 'slow', delayMs: 50 }, { times: 1 })
    for (const name of ['sent', 'older', 'old', 'new']) metrics?.export(metricsRequest(gauge(name)), () => {})
    await pipeline.exporters.flush()
    expect(receiver.metricPoints().map(({ name }) => name)).toEqual(['sent', 'new'])
    expect(pipeline.drops()).toEqual({ 'metrics queue_full': 2 })
  })

  it('takes a success that cannot be decoded for a success', async () => {
    pipeline = startPipeline(receiver.url)
    receiver.respondWith({ kind: 'garbage' })
    pipeline.log(1)
    await pipeline.exporters.flush()
    expect(pipeline.drops()).toEqual({})
    expect(events()).toEqual([])
  })

  it('does not wait in a flush for a collector that is not there', async () => {
    await receiver.pause()
    pipeline = startPipeline(receiver.url)
    pipeline.log(1)
    const before = performance.now()
    await pipeline.exporters.flush()
    expect(performance.now() - before).toBeLessThan(2_000)
    expect(pipeline.drops()).toEqual({ 'logs failed': 1 })
    expect(events()).toEqual(['otel_export_failed'])
  })

  it('delivers again when the collector is back', async () => {
    await receiver.pause()
    pipeline = startPipeline(receiver.url)
    pipeline.log(1)
    await pipeline.exporters.flush()
    await receiver.resume()
    pipeline.log(1)
    await receiver.until((r) => r.logRecords().length === 1, 'the second record')
    await pipeline.exporters.flush()
    expect(events()).toEqual(['otel_export_failed', 'otel_export_recovered'])
  })

  it('ends within the bound at a collector that never answers', async () => {
    pipeline = startPipeline(receiver.url, {}, 500)
    receiver.respondWith({ kind: 'hang' })
    pipeline.log(600)
    const before = performance.now()
    await pipeline.exporters.flush()
    await pipeline.exporters.shutdown()
    expect(performance.now() - before).toBeLessThan(3_000)
    expect(pipeline.drops()).toEqual({ 'logs shutdown': 600 })
    expect(events()).toEqual(['otel_export_failed'])
    pipeline.log(1)
    expect(pipeline.drops()).toEqual({ 'logs shutdown': 601 })
  })

  it('keeps one outage of two signals to one line, until both work', async () => {
    const { CollectorHealth } = await import('../../src/export/collector-health.js')
    const { Drops } = await import('../../src/export/drops.js')
    pipeline = startPipeline(receiver.url)
    const drops = new Drops()
    const health = new CollectorHealth(drops)
    for (let i = 0; i < 5; i++) {
      health.failed('logs', 'http://a/', new Error('away'))
      health.failed('traces', 'http://a/', new Error('away'))
      drops.add('logs', 'failed', 1)
    }
    health.worked('logs')
    expect(events()).toEqual(['otel_export_failed'])
    health.worked('traces')
    expect(reports[1]).toMatchObject({ event: 'otel_export_recovered', attributes: { 'otel.dropped': 5 } })
    health.failed('logs', 'http://a/', new Error('away again'))
    health.worked('logs')
    expect(events()).toHaveLength(2)
  })
})
