import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import {
  AggregationTemporality,
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, describe, expect, it } from '@jest/globals'
import { spanTrees, type OtlpReceiver } from '../src/index.js'
import { start, stopAll } from './client.js'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  diag.disable()
  await stopAll()
})

const resource = resourceFromAttributes({ 'service.name': 'games', 'service.instance.id': 7 })
const plainResource = { 'service.name': 'games', 'service.instance.id': 7 }
const scope = { name: 'games-library', version: '1.2.3' }

function tracing({ url }: OtlpReceiver, compression?: 'gzip') {
  const exporter = new OTLPTraceExporter({
    url: `${url}/v1/traces`,
    headers: { authorization: 'Bearer key' },
    ...(compression === 'gzip' ? { compression: 'gzip' as never } : {}),
  })
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] })
  ends.push(() => provider.shutdown())
  return { provider, tracer: provider.getTracer(scope.name, scope.version) }
}

/** What the exporters say about the answers they get. */
function warnings(): string[] {
  const lines: string[] = []
  const note = (...words: unknown[]) => void lines.push(words.map(String).join(' '))
  diag.setLogger(
    { error: note, warn: note, info: () => {}, debug: () => {}, verbose: () => {} },
    DiagLogLevel.WARN,
  )
  return lines
}

describe('the official trace exporter', () => {
  it('shows as spans', async () => {
    const receiver = await start()
    const said = warnings()
    const { provider, tracer } = tracing(receiver)
    const remote = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: TraceFlags.SAMPLED,
      isRemote: true,
    }
    const span = tracer.startSpan(
      'GET /games/:id',
      {
        kind: SpanKind.SERVER,
        startTime: [1_700_000_000, 5],
        attributes: { text: 'ü 💡', whole: 42, real: 0.5, yes: true, list: ['a', 'b'], numbers: [1, 2] },
        links: [{ context: { ...remote, isRemote: false }, attributes: { why: 'retry' } }],
      },
      trace.setSpanContext(ROOT_CONTEXT, remote),
    )
    span.addEvent('found', { rows: 3 }, [1_700_000_000, 6])
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'no seats' })
    span.end([1_700_000_001, 7])
    await provider.forceFlush()

    expect(receiver.spans()).toEqual([
      {
        traceId: remote.traceId,
        spanId: span.spanContext().spanId,
        parentSpanId: remote.spanId,
        name: 'GET /games/:id',
        kind: 'SERVER',
        attributes: { text: 'ü 💡', whole: 42, real: 0.5, yes: true, list: ['a', 'b'], numbers: [1, 2] },
        events: [{ name: 'found', attributes: { rows: 3 } }],
        links: [{ traceId: remote.traceId, spanId: remote.spanId, attributes: { why: 'retry' } }],
        status: { code: 'ERROR', message: 'no seats' },
        traceState: '',
        flags: 0x301,
        scope,
        resource: plainResource,
        startTime: 1_700_000_000_000_000_005n,
        endTime: 1_700_000_001_000_000_007n,
      },
    ])
    expect(receiver.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1/traces',
        headers: { 'content-type': 'application/x-protobuf', authorization: 'Bearer key' },
        outcome: 'accepted',
        status: 200,
      },
    ])
    expect(said).toEqual([])
  })

  it('shows as one tree, whatever the ids', async () => {
    const receiver = await start()
    const { provider, tracer } = tracing(receiver)
    const root = tracer.startSpan('GET /games', { kind: SpanKind.SERVER, startTime: [1, 0] })
    const inRoot = trace.setSpan(ROOT_CONTEXT, root)
    const links = [{ context: root.spanContext() }]
    for (const name of ['SELECT', 'INSERT'])
      tracer.startSpan(name, { links, startTime: [2, 0] }, inRoot).end()
    root.end()
    await provider.forceFlush()

    const status = { code: 'UNSET', message: '' }
    const rest = { scope: scope.name, attributes: {}, events: [], status }
    const linked = {
      ...rest,
      kind: 'INTERNAL',
      links: [{ span: 'GET /games', attributes: {} }],
      children: [],
    }
    expect(spanTrees(receiver.spans())).toEqual([
      {
        ...rest,
        name: 'GET /games',
        kind: 'SERVER',
        links: [],
        children: [
          { ...linked, name: 'INSERT' },
          { ...linked, name: 'SELECT' },
        ],
      },
    ])
  })

  it('may compress', async () => {
    const receiver = await start()
    const { provider, tracer } = tracing(receiver, 'gzip')
    tracer.startSpan('packed', { attributes: { text: 'a'.repeat(10_000) } }).end()
    await provider.forceFlush()

    const [request] = receiver.requests
    expect(request?.headers['content-encoding']).toBe('gzip')
    expect(request?.bytes).toBeGreaterThan(10_000)
    expect(request?.wireBytes).toBeLessThan(1_000)
    expect(receiver.spans()).toMatchObject([{ name: 'packed' }])
  })

  it('comes again after 503; the spans count once', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'status', status: 503, headers: { 'retry-after': '1' } }, { times: 1 })
    const { provider, tracer } = tracing(receiver)
    tracer.startSpan('again').end()
    await provider.forceFlush()

    expect(receiver.requests.map(({ status }) => status)).toEqual([503, 200])
    expect(receiver.spans()).toMatchObject([{ name: 'again' }])
  })

  it('reads a partial success', async () => {
    const receiver = await start()
    const said = warnings()
    receiver.respondWith({ kind: 'partial', rejected: 3, message: 'too old' })
    const { provider, tracer } = tracing(receiver)
    tracer.startSpan('old').end()
    await provider.forceFlush()

    expect(said).toEqual([expect.stringContaining('too old')])
    expect(said).toEqual([expect.stringMatching(/rejectedSpans\W+3/)])
  })

  it('reads the message of a refusal', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'status', status: 401, message: 'no such key' })
    const exporter = new OTLPTraceExporter({ url: `${receiver.url}/v1/traces` })
    ends.push(() => exporter.shutdown())

    const result = await new Promise<{ code: number; error?: Error }>((resolve) =>
      exporter.export([], resolve),
    )

    expect(result.code).toBe(1)
    expect(result.error).toMatchObject({ code: 401, data: expect.stringContaining('no such key') })
  })
})

describe('the official log exporter', () => {
  it('shows as log records', async () => {
    const receiver = await start()
    const said = warnings()
    const exporter = new OTLPLogExporter({ url: `${receiver.url}/v1/logs` })
    const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] })
    ends.push(() => provider.shutdown())
    const logger = provider.getLogger(scope.name, scope.version)
    const spanContext = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: TraceFlags.SAMPLED,
    }
    logger.emit({
      body: { text: 'seat taken', rows: [1, 'two', null], bytes: new Uint8Array([1, 2]) },
      eventName: 'seat.taken',
      severityNumber: SeverityNumber.WARN,
      severityText: 'warn',
      attributes: { seat: 12, nested: { deep: [true] }, big: 2 ** 53 - 1 },
      timestamp: [1_700_000_000, 1],
      observedTimestamp: [1_700_000_000, 2],
      context: trace.setSpanContext(ROOT_CONTEXT, spanContext),
    })
    logger.emit({
      body: 'plain',
      timestamp: [1_700_000_000, 3],
      observedTimestamp: [1_700_000_000, 3],
      context: ROOT_CONTEXT,
    })
    await provider.forceFlush()

    expect(receiver.logRecords()).toEqual([
      {
        body: { text: 'seat taken', rows: [1, 'two', null], bytes: new Uint8Array([1, 2]) },
        eventName: 'seat.taken',
        severityNumber: 13,
        severityText: 'warn',
        attributes: { seat: 12, nested: { deep: [true] }, big: 2 ** 53 - 1 },
        traceId: spanContext.traceId,
        spanId: spanContext.spanId,
        flags: 1,
        time: 1_700_000_000_000_000_001n,
        observedTime: 1_700_000_000_000_000_002n,
        scope,
        resource: plainResource,
      },
      {
        body: 'plain',
        eventName: '',
        severityNumber: 0,
        severityText: '',
        attributes: {},
        traceId: undefined,
        spanId: undefined,
        flags: 0,
        time: 1_700_000_000_000_000_003n,
        observedTime: 1_700_000_000_000_000_003n,
        scope,
        resource: plainResource,
      },
    ])
    expect(said).toEqual([])
  })
})

describe('the official metric exporter', () => {
  it('shows as metrics with their points', async () => {
    const receiver = await start()
    const said = warnings()
    const exporter = new OTLPMetricExporter({
      url: `${receiver.url}/v1/metrics`,
      temporalityPreference: AggregationTemporality.DELTA,
    })
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
    const provider = new MeterProvider({
      resource,
      readers: [reader],
      views: [
        {
          instrumentName: 'size',
          aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 4 } },
        },
        {
          instrumentName: 'wait',
          aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [1, 5] } },
        },
      ],
    })
    ends.push(() => provider.shutdown())
    const meter = provider.getMeter(scope.name, scope.version)
    const games = meter.createCounter('games', { unit: '{game}', description: 'Games played' })
    games.add(2, { mode: 'fast' })
    games.add(1.5, { mode: 'slow' })
    meter.createGauge('heat').record(-3)
    const wait = meter.createHistogram('wait', { unit: 's' })
    for (const value of [0.5, 2, 9]) wait.record(value)
    const size = meter.createHistogram('size')
    for (const value of [0, 1, 2]) size.record(value)
    await provider.forceFlush()

    const rest = { description: '', unit: '', scope, resource: plainResource }
    const found = receiver.metricPoints().toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect(found).toEqual([
      {
        ...rest,
        name: 'games',
        unit: '{game}',
        description: 'Games played',
        type: 'sum',
        temporality: 'DELTA',
        monotonic: true,
        points: [
          { attributes: { mode: 'fast' }, value: 2, exemplars: [] },
          { attributes: { mode: 'slow' }, value: 1.5, exemplars: [] },
        ],
      },
      { ...rest, name: 'heat', type: 'gauge', points: [{ attributes: {}, value: -3, exemplars: [] }] },
      {
        ...rest,
        name: 'size',
        type: 'exponentialHistogram',
        temporality: 'DELTA',
        points: [
          {
            attributes: {},
            count: 3,
            sum: 3,
            min: 0,
            max: 2,
            scale: expect.any(Number),
            zeroCount: 1,
            zeroThreshold: 0,
            positive: { offset: expect.any(Number), buckets: expect.any(Array) },
            negative: { offset: 0, buckets: [] },
            exemplars: [],
          },
        ],
      },
      {
        ...rest,
        name: 'wait',
        unit: 's',
        type: 'histogram',
        temporality: 'DELTA',
        points: [
          {
            attributes: {},
            count: 3,
            sum: 11.5,
            min: 0.5,
            max: 9,
            buckets: [1, 1, 1],
            bounds: [1, 5],
            exemplars: [],
          },
        ],
      },
    ])
    const buckets = found.flatMap((metric) => (metric.type === 'exponentialHistogram' ? metric.points : []))
    expect(
      buckets.flatMap(({ positive }) => positive.buckets).reduce<number>((sum, n) => sum + Number(n), 0),
    ).toBe(2)
    expect(said).toEqual([])
  })
})
