import { afterEach, describe, expect, it } from '@jest/globals'
import {
  context,
  type ContextManager,
  propagation,
  ROOT_CONTEXT,
  trace,
  type TracerProvider as ApiProvider,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { getContext, runUnit } from '@throughline/core'
import { slot } from '@throughline/core/binding'
import { traceInMemory, type Tracing } from './harness.js'

const API = Symbol.for('opentelemetry.js.api.1')
type Registry = { version?: string; trace?: ApiProvider; context?: ContextManager; propagation?: object }
const registry = globalThis as { [API]?: Registry }

let tracing: Tracing | undefined
afterEach(async () => {
  await tracing?.shutdown()
  delete registry[API]
})

function registeredNames(): string[] {
  return Object.keys(registry[API] ?? {}).filter((name) => name !== 'version')
}

function unit(name: string): void {
  runUnit({ kind: 'task', name }, () => runUnit({ kind: 'task', name: `below ${name}` }, () => undefined))
}

/** Each span, with the name of its parent. */
function tree(spans = tracing?.spans() ?? []): [string, string | undefined][] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]))
  return spans.map(({ name, parentSpanContext }) => [name, names.get(parentSpanContext?.spanId ?? '')])
}

const NESTED = (name: string) => [
  [`below ${name}`, name],
  [name, undefined],
]

describe('tracing of our own', () => {
  it('takes everything away that it has registered, and can start again', async () => {
    for (const name of ['first', 'second']) {
      tracing = traceInMemory()
      expect(tracing.foreign).toBe(false)
      unit(name)
      trace.getTracer('driver').startSpan('query').end()
      expect(tree()).toEqual([...NESTED(name), ['query', undefined]])
      await tracing.shutdown()
      expect(registeredNames()).toEqual([])
      expect(trace.getTracer('driver').startSpan('query').isRecording()).toBe(false)
    }
  })

  it('leaves what others have put in its place since', async () => {
    tracing = traceInMemory()
    trace.disable()
    context.disable()
    propagation.disable()
    const manager = new AsyncLocalStorageContextManager()
    const propagator = new W3CTraceContextPropagator()
    trace.setGlobalTracerProvider(new TracerProvider())
    context.setGlobalContextManager(manager)
    propagation.setGlobalPropagator(propagator)
    const { trace: theirs } = registry[API] ?? {}
    await tracing.shutdown()
    expect(registry[API]).toMatchObject({ context: manager, propagation: propagator })
    expect(registry[API]?.trace).toBe(theirs)
  })

  it('leaves a propagator that is registered already, and carries units by W3C all the same', () => {
    const theirs = { fields: () => [], inject() {}, extract: () => ROOT_CONTEXT }
    propagation.setGlobalPropagator(theirs)
    tracing = traceInMemory()
    expect(registry[API]?.propagation).toBe(theirs)
    unit('a')
    expect(tree()).toEqual(NESTED('a'))
  })

  it('traces units below the context manager of others, also once that is taken away', () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager())
    tracing = traceInMemory()
    expect(tracing.foreign).toBe(false)
    unit('a')
    trace.getTracer('driver').startActiveSpan('outer', (span) => {
      unit('b')
      span.end()
    })
    context.disable()
    unit('c')
    expect(tree()).toEqual([
      ...NESTED('a'),
      ['below b', 'b'],
      ['b', 'outer'],
      ['outer', undefined],
      ...NESTED('c'),
    ])
  })

  it.each(['1.4.0', '1.99.0', '2.0.0'])(
    'traces units where version %s of the API was loaded first, and says once that others’ spans are lost',
    (version) => {
      registry[API] = { version }
      const said: string[] = []
      const { runtime } = slot
      const insist = runtime?.insist.bind(runtime)
      if (runtime !== undefined) runtime.insist = (event) => said.push(event)
      tracing = traceInMemory()
      if (runtime !== undefined && insist !== undefined) runtime.insist = insist
      unit('a')
      expect(tree()).toEqual(NESTED('a'))
      expect(said).toEqual(['otel_api_conflict'])
    },
  )
})

describe('tracing under a provider of others', () => {
  function theirs(): { provider: TracerProvider; exporter: InMemorySpanExporter } {
    const exporter = new InMemorySpanExporter()
    return {
      exporter,
      provider: new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    }
  }

  it('uses it and registers nothing but a context manager where there is none', async () => {
    const { provider, exporter } = theirs()
    trace.setGlobalTracerProvider(provider)
    tracing = traceInMemory()
    expect(tracing.foreign).toBe(true)
    expect(registeredNames()).toEqual(['trace', 'context'])
    unit('a')
    trace.getTracer('driver').startActiveSpan('outer', (span) => {
      unit('b')
      span.end()
    })
    expect(tree(exporter.getFinishedSpans())).toEqual([
      ...NESTED('a'),
      ['below b', 'b'],
      ['b', 'outer'],
      ['outer', undefined],
    ])
    await tracing.shutdown()
    expect(registeredNames()).toEqual(['trace'])
    expect(trace.getTracer('driver').startSpan('later').isRecording()).toBe(true)
  })

  it('leaves their context manager to them at the end', async () => {
    const manager = new AsyncLocalStorageContextManager()
    trace.setGlobalTracerProvider(theirs().provider)
    context.setGlobalContextManager(manager)
    tracing = traceInMemory()
    unit('a')
    await tracing.shutdown()
    expect(registry[API]?.context).toBe(manager)
    context.with(ROOT_CONTEXT, () => expect(getContext()).toEqual({}))
  })

  it.each(['1.4.0', '1.10.0'])('reaches what version %s of the API has registered', (version) => {
    const { provider, exporter } = theirs()
    registry[API] = { version, trace: provider, context: new AsyncLocalStorageContextManager() }
    tracing = traceInMemory()
    expect(tracing.foreign).toBe(true)
    unit('a')
    expect(tree(exporter.getFinishedSpans())).toEqual(NESTED('a'))
  })

  it('nests units where their version of the API does not take our context manager', () => {
    const { provider, exporter } = theirs()
    registry[API] = { version: '1.10.0', trace: provider }
    tracing = traceInMemory()
    unit('a')
    expect(tree(exporter.getFinishedSpans())).toEqual(NESTED('a'))
  })
})
