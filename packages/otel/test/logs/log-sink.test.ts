import { afterEach, describe, expect, it } from '@jest/globals'
import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { logs } from '@opentelemetry/api-logs'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { ExportedRecord } from '../../src/logs/exported-record.js'
import { createLogSink, type LogSinkOptions } from '../../src/logs/log-sink.js'
import { record } from '../export/harness.js'
import { sentRecords } from '../otlp/harness.js'

function startSink(options: LogSinkOptions = {}, exportEvents = ['*']) {
  const records: ExportedRecord[] = []
  const sink = createLogSink({
    resource: resourceFromAttributes({ 'service.name': 'test' }),
    processor: {
      onEmit: (given: ExportedRecord) => void records.push(given),
      forceFlush: async () => {},
      shutdown: async () => {},
    },
    exportEvents,
    options: () => options,
  })
  return { records, sink, sent: () => sentRecords(records) }
}

const IDS = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }

afterEach(() => {
  logs.disable()
  delete (globalThis as Record<symbol, { logs?: unknown } | undefined>)[Symbol.for('opentelemetry.js.api.1')]
    ?.logs
})

describe('createLogSink', () => {
  it('makes a record that collectors read', () => {
    const { sent, sink } = startSink()
    sink.write(
      record({
        event: 'PickMade',
        eventName: 'draft.pick_made',
        level: 'warn',
        attributes: { a: 1, list: ['x'] },
        context: { 'request.id': 'r', a: 'hidden' },
        ...IDS,
        traceFlags: TraceFlags.SAMPLED,
      }),
    )
    expect(sent()).toEqual([
      {
        body: 'PickMade',
        eventName: 'draft.pick_made',
        severityNumber: 13,
        severityText: 'warn',
        time: 1_700_000_000_123_000_000n,
        observedTime: expect.any(BigInt),
        attributes: { 'request.id': 'r', a: 1, list: ['x'], 'event.name': 'draft.pick_made' },
        ...IDS,
        flags: 1,
        scope: expect.objectContaining({
          name: '@throughline/core',
          version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        }),
        resource: { 'service.name': 'test' },
      },
    ])
    expect(sent()[0]?.observedTime).toBeGreaterThan(1_700_000_001_000_000_000n)
  })

  it('lets no call replace the name of the event', () => {
    const { sent, sink } = startSink()
    sink.write(record({ attributes: { 'event.name': 'mine' } }))
    expect(sent()[0]?.attributes['event.name']).toBe('tick')
  })

  it('repeats the name in the attribute that options name, or in none', () => {
    const options: { eventNameAttribute?: string | null } = { eventNameAttribute: 'flagsmith.event' }
    const { sent, sink } = startSink(options)
    sink.write(record())
    options.eventNameAttribute = null
    sink.write(record())
    expect(sent().map(({ attributes }) => attributes)).toEqual([{ 'flagsmith.event': 'tick' }, {}])
  })

  it('takes __proto__ for a key like any other', () => {
    const { sent, sink } = startSink()
    sink.write(record({ attributes: JSON.parse('{"__proto__":"x"}') as Record<string, string> }))
    expect(Object.keys(sent()[0]?.attributes ?? {})).toContain('__proto__')
  })

  it('exports only what the list lets out', () => {
    const { records, sink } = startSink({}, ['draft.*'])
    sink.write(record({ eventName: 'draft.pick_made' }))
    sink.write(record({ eventName: 'other' }))
    expect(records).toHaveLength(1)
  })

  it('has a trace only where there is a span', () => {
    const { sent, sink } = startSink()
    sink.write(record())
    expect(sent()[0]).toMatchObject({ traceId: undefined, spanId: undefined })
  })
})

describe('span events', () => {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })

  function inSpan(write: (ids: { traceId: string; spanId: string }) => void) {
    exporter.reset()
    context.setGlobalContextManager(new AsyncLocalStorageContextManager())
    const span = provider.getTracer('test').startSpan('unit')
    context.with(trace.setSpan(ROOT_CONTEXT, span), () => write(span.spanContext()))
    span.end()
    context.disable()
    return exporter
      .getFinishedSpans()[0]
      ?.events.map(({ name, attributes, time }) => ({ name, attributes, time }))
  }

  it('has one on the recording span, with the call and without the context', () => {
    const { sink } = startSink()
    const events = inSpan((ids) => {
      sink.write(record({ attributes: { detail: 'value' }, context: { 'request.id': 'r' }, ...ids }))
    })
    expect(events).toEqual([
      {
        name: 'tick',
        attributes: { detail: 'value', 'event.name': 'tick' },
        time: [1_700_000_000, 123_000_000],
      },
    ])
  })

  it.each<[string, LogSinkOptions, string[]]>([
    ['when it is switched off', { spanEvents: false }, ['*']],
    ['for an event that is not exported', {}, ['other']],
  ])('has none %s', (_, options, list) => {
    const { sink } = startSink(options, list)
    expect(inSpan((ids) => sink.write(record({ ...ids })))).toEqual([])
  })

  it('has none for a record of another span', () => {
    const { sink } = startSink()
    expect(inSpan(() => sink.write(record(IDS)))).toEqual([])
  })
})

describe('a sink without an export', () => {
  const sinkOf = (options: LogSinkOptions = {}) =>
    createLogSink({
      resource: resourceFromAttributes({}),
      processor: undefined,
      exportEvents: ['*'],
      options: () => options,
    })

  function inSpanOf(ratio: number, ask: () => unknown): unknown {
    const sampler = ratio === 1 ? new AlwaysOnSampler() : new AlwaysOffSampler()
    const tracer = new TracerProvider({ sampler }).getTracer('test')
    context.setGlobalContextManager(new AsyncLocalStorageContextManager())
    const answer = context.with(trace.setSpan(ROOT_CONTEXT, tracer.startSpan('unit')), ask)
    context.disable()
    return answer
  }

  it('wants the records that become events of a span that records, and no others', () => {
    expect(inSpanOf(1, () => sinkOf().enabled?.('m', 'tick'))).toBe(true)
    expect(inSpanOf(1, () => sinkOf().enabled?.('throughline', 'request_completed'))).toBe(false)
    expect(inSpanOf(1, () => sinkOf({ spanEvents: false }).enabled?.('m', 'tick'))).toBe(false)
    expect(inSpanOf(0, () => sinkOf().enabled?.('m', 'tick'))).toBe(false)
    expect(sinkOf().enabled?.('m', 'tick')).toBe(false)
  })

  it('wants everything where there is one', () => {
    expect(startSink().sink.enabled?.('throughline', 'request_completed')).toBe(true)
  })
})

describe('a provider of another set-up', () => {
  it('gets records through its logger, with their trace', () => {
    const exporter = new InMemoryLogRecordExporter()
    logs.setGlobalLoggerProvider(
      new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }),
    )
    const { records, sink } = startSink()
    sink.write(record({ attributes: { a: 1 }, ...IDS, traceFlags: 1 }))
    expect(records).toEqual([])
    expect(exporter.getFinishedLogRecords()).toMatchObject([
      {
        body: 'tick',
        eventName: 'tick',
        severityNumber: 9,
        hrTime: [1_700_000_000, 123_000_000],
        attributes: { a: 1, 'event.name': 'tick' },
        spanContext: { ...IDS, traceFlags: 1 },
        instrumentationScope: { name: '@throughline/core' },
      },
    ])
  })

  it('is found in the registry of OpenTelemetry 3 too', () => {
    const emitted: unknown[] = []
    const key = Symbol.for('opentelemetry.js.api.1')
    const registry = ((globalThis as Record<symbol, object>)[key] ??= { version: '1.10.0' }) as {
      logs?: unknown
    }
    registry.logs = { getLogger: () => ({ emit: (given: unknown) => emitted.push(given) }) }
    const { sink } = startSink()
    sink.write(record())
    expect(emitted).toMatchObject([{ body: 'tick', severityText: 'info', timestamp: 1_700_000_000_123 }])
  })
})
