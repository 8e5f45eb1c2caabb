import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { getLogger, runUnit } from '@throughline/core'
import { captureTelemetry } from '@throughline/testing'
import { spanTree } from './span-tree.js'

/** A set-up of the program's own. */
let exporter: InMemorySpanExporter
let provider: TracerProvider

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  exporter = new InMemorySpanExporter()
  provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
})

afterEach(() => {
  trace.disable()
  context.disable()
})

const exported = (): string[] => exporter.getFinishedSpans().map(({ name }) => name)

function request(): void {
  runUnit({ kind: 'http', name: 'GET' }, () => {
    trace.getTracer('program').startActiveSpan('query', (span) => {
      getLogger().info('queried')
      span.end()
    })
  })
}

describe("a capture beside a provider of the program's own", () => {
  it('leaves the provider alone, and makes the spans of units itself', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager())
    trace.setGlobalTracerProvider(provider)
    const capture = captureTelemetry()
    trace.getTracer('program').startActiveSpan('outer', (outer) => {
      request()
      expect(capture.spans[0]?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId)
      outer.end()
    })
    await capture.stop()
    expect(spanTree(capture)).toEqual([['GET']])
    expect(exported()).toEqual(['query', 'outer'])
    const [query] = exporter.getFinishedSpans()
    expect(query?.parentSpanContext?.spanId).toBe(capture.spans[0]?.spanContext().spanId)
    expect(capture.logs[0]).toMatchObject({ event: 'queried', spanId: query?.spanContext().spanId })
  })

  it('leaves its context manager in place', async () => {
    const manager = new AsyncLocalStorageContextManager()
    context.setGlobalContextManager(manager)
    trace.setGlobalTracerProvider(provider)
    await captureTelemetry().stop()
    request()
    const key = Symbol('key')
    context.with(ROOT_CONTEXT.setValue(key, 1), () => expect(manager.active().getValue(key)).toBe(1))
    expect(exported()).toEqual(['query'])
  })

  it('does not keep one from being registered while it is open, which then stays', async () => {
    const capture = captureTelemetry()
    expect(trace.setGlobalTracerProvider(provider)).toBe(true)
    request()
    await capture.stop()
    expect(spanTree(capture)).toEqual([['GET']])
    trace.getTracer('program').startActiveSpan('outer', (outer) => {
      request()
      outer.end()
    })
    expect(exported()).toEqual(['query', 'query', 'outer'])
    expect(exporter.getFinishedSpans()[1]?.parentSpanContext?.spanId).toBe(
      exporter.getFinishedSpans()[2]?.spanContext().spanId,
    )
  })

  it('leaves room for one afterwards', async () => {
    await captureTelemetry().stop()
    expect(trace.setGlobalTracerProvider(provider)).toBe(true)
    expect(context.setGlobalContextManager(new AsyncLocalStorageContextManager())).toBe(true)
    request()
    expect(exported()).toEqual(['query'])
  })
})
