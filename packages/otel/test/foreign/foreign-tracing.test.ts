import { afterEach, describe, expect, it } from '@jest/globals'
import {
  type Context,
  context,
  createContextKey,
  diag,
  DiagLogLevel,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  type TextMapPropagator,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  CompositePropagator,
  RPCType,
  setRPCMetadata,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  SimpleSpanProcessor,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { bindContext, getContext, runUnit, runWithContext, type UnitOptions } from '@throughline/core'
import {
  activeFrame,
  carryTrace,
  openSpan,
  runDetached,
  slot,
  type TraceCarrier,
} from '@throughline/core/binding'
import { SPAN_ID, TRACE_ID, traceInMemory, type Tracing, traceparent } from '../tracing/harness.js'
import { TraceIds } from '../../src/tracing/trace-ids.js'

const RATIO = 0.3

interface SetUp {
  sampler?: Sampler
  /** False leaves the context manager to us. */
  manager?: boolean
  propagator?: TextMapPropagator
  processors?: SpanProcessor[]
}

let tracing: Tracing
let exporter: InMemorySpanExporter

/** What another set-up registers before ours starts. */
function beside({ sampler, manager = true, propagator, processors = [] }: SetUp = {}): void {
  exporter = new InMemorySpanExporter()
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [...processors, new SimpleSpanProcessor({ exporter })],
      ...(sampler && { sampler }),
    }),
  )
  if (manager) context.setGlobalContextManager(new AsyncLocalStorageContextManager())
  propagation.setGlobalPropagator(
    propagator ??
      new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  )
  tracing = traceInMemory('parentbased_traceidratio', RATIO)
  expect(tracing.foreign).toBe(true)
}

afterEach(async () => {
  await tracing.shutdown()
  trace.disable()
  context.disable()
  propagation.disable()
  diag.disable()
})

function named(name: string): ReadableSpan {
  const found = exporter.getFinishedSpans().filter((span) => span.name === name)
  expect(found).toHaveLength(1)
  return found[0] as ReadableSpan
}

const parentOf = (name: string): string | undefined => named(name).parentSpanContext?.spanId
const idOf = (name: string): string => named(name).spanContext().spanId
const task = (name: string): UnitOptions => ({ kind: 'task', name })
const http = (options: Partial<UnitOptions> = {}): UnitOptions => ({
  kind: 'http',
  name: 'GET',
  detached: true,
  span: {},
  fields: { 'request.id': 'r' },
  ...options,
})

/** As another instrumentation opens the span of a request. */
function serve<T>(fn: (span: Span) => T, kind = SpanKind.SERVER): T {
  return trace.getTracer('theirs').startActiveSpan('GET /theirs', { kind }, (span) => {
    try {
      return fn(span)
    } finally {
      span.end()
    }
  })
}

describe.each([
  ['with its own context manager', true],
  ['with ours', false],
])('units under a provider of others, %s', (_, manager) => {
  it('describe the server span of the request and do not make another', () => {
    beside({ manager })
    serve((span) => {
      runUnit(http({ manualEnd: true }), (unit) => {
        expect(unit.spanContext).toEqual(span.spanContext())
        expect(trace.getActiveSpan()).toBe(span)
        runUnit(task('below'), () => undefined)
        bindContext({ 'tournament.id': 5 })
        unit.setName('GET /matches/{id}')
        unit.end({
          outcome: 'error',
          error: new TypeError('x'),
          attributes: { 'http.route': '/matches/{id}' },
        })
      })
      expect(span.isRecording()).toBe(true)
    })
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['below', 'GET /matches/{id}'])
    expect(parentOf('below')).toBe(idOf('GET /matches/{id}'))
    expect(named('GET /matches/{id}').attributes).toEqual({
      'request.id': 'r',
      'tournament.id': 5,
      'http.route': '/matches/{id}',
      'error.type': 'TypeError',
    })
  })

  it('take the server span that is not sampled for the request’s own too', () => {
    beside({ manager, sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0) }) })
    serve((span) =>
      runUnit(http({ carrier: { traceparent: traceparent('01') } }), (unit) => {
        expect(unit.spanContext?.spanId).toBe(span.spanContext().spanId)
        runUnit(task('below'), (below) => expect(below.spanContext?.traceFlags).toBe(TraceFlags.NONE))
      }),
    )
    expect(exporter.getFinishedSpans()).toEqual([])
  })

  it('have a server span of their own where none is open for the request', () => {
    beside({ manager })
    const carrier = { traceparent: traceparent('01') }
    runUnit(http({ carrier }), () => undefined)
    // The bootstrap of the application, in which the server was started, is not the request.
    serve(() => runUnit(http({ name: 'in a task' }), () => undefined), SpanKind.INTERNAL)
    runUnit(task('bootstrap'), () => runUnit(http({ name: 'in a unit' }), () => undefined))
    const ended = trace.getTracer('theirs').startSpan('over', { kind: SpanKind.SERVER })
    ended.end()
    context.with(trace.setSpan(ROOT_CONTEXT, ended), () => runUnit(http({ name: 'after' }), () => undefined))
    expect(named('GET').parentSpanContext).toMatchObject({ traceId: TRACE_ID, spanId: SPAN_ID })
    for (const name of ['in a task', 'in a unit', 'after']) {
      expect(named(name).kind).toBe(SpanKind.SERVER)
      expect(named(name).parentSpanContext).toBeUndefined()
    }
  })

  it('describe the server span above the one of a middleware', () => {
    beside({ manager })
    serve((span) => {
      const rpc = setRPCMetadata(context.active(), { type: RPCType.HTTP, span })
      trace.getTracer('theirs').startActiveSpan('middleware', {}, rpc, (middleware) => {
        runUnit(http(), (unit) => {
          expect(unit.spanContext).toEqual(span.spanContext())
          // A request to its own server from within is another one.
          runUnit(task('between'), () => runUnit(http({ name: 'within' }), () => undefined))
        })
        middleware.end()
      })
    })
    expect(named('GET /theirs').attributes).toEqual({ 'request.id': 'r' })
    expect(named('within').parentSpanContext).toBeUndefined()
    expect(parentOf('between')).toBe(idOf('GET /theirs'))
  })

  it('do not make the span of a request that the other set-up ignores', () => {
    beside({ manager })
    const suppress = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')
    context.with(context.active().setValue(suppress, true), () => {
      runUnit(http({ carrier: { traceparent: traceparent('01') } }), () =>
        runUnit(task('below'), () => undefined),
      )
    })
    expect(exporter.getFinishedSpans()).toEqual([])
  })

  it('nest with the spans of others, through scopes and the root context', () => {
    beside({ manager })
    runUnit({ ...task('outer'), fields: { 'request.id': 'r' } }, () => {
      trace.getTracer('driver').startActiveSpan('query', (span) => {
        runWithContext({ a: 1 }, () => {
          runUnit(task('deeper'), () => expect(getContext()).toEqual({ 'request.id': 'r', a: 1 }))
          openSpan({ name: 'add', kind: 'producer' })?.end()
          const carrier: TraceCarrier = {}
          carryTrace(activeFrame()!, carrier)
          expect(carrier.traceparent).toBe(`00-${span.spanContext().traceId}-${span.spanContext().spanId}-01`)
        })
        span.end()
      })
      context.with(ROOT_CONTEXT, () => {
        expect(getContext()).toEqual({ 'request.id': 'r' })
        runUnit(task('root'), () => expect(getContext()).toEqual({ 'request.id': 'r' }))
      })
      runDetached(() => {
        expect(getContext()).toEqual({})
        expect(trace.getActiveSpan()).toBeUndefined()
        runUnit(task('detached'), () => undefined)
      })
    })
    expect(parentOf('query')).toBe(idOf('outer'))
    expect(parentOf('deeper')).toBe(idOf('query'))
    expect(parentOf('add')).toBe(idOf('query'))
    expect(named('root').parentSpanContext).toBeUndefined()
    expect(named('detached').parentSpanContext).toBeUndefined()
    expect(named('add').attributes).toEqual({ 'request.id': 'r' })
  })

  it('come back with a callback that was bound to their context', async () => {
    beside({ manager })
    let call = (): void => undefined
    const seen: unknown[] = []
    await runUnit({ ...task('first'), fields: { 'request.id': 'first' } }, async () => {
      call = context.bind(context.active(), () => {
        seen.push(getContext())
        bindContext({ bound: true })
        runUnit(task('in callback'), () => undefined)
      })
    })
    // As the pool of a driver calls back in the middle of another request.
    runUnit({ ...task('second'), fields: { 'request.id': 'second' } }, () => {
      call()
      seen.push(getContext())
    })
    expect(seen).toEqual([{ 'request.id': 'first' }, { 'request.id': 'second' }])
    expect(parentOf('in callback')).toBe(idOf('first'))
    expect(named('in callback').attributes).toMatchObject({ 'request.id': 'first', bound: true })
  })

  it('begin within the unit that they are given', () => {
    beside({ manager })
    const connection = runUnit({ kind: 'connection', name: 'ws', manualEnd: true }, (unit) => unit)
    runUnit(task('elsewhere'), () =>
      runUnit({ kind: 'message', name: 'm', within: connection, span: {} }, () => undefined),
    )
    connection.end({ outcome: 'ok' })
    expect(parentOf('m')).toBe(idOf('ws'))
  })

  it('make no spans below an excluded request, and describe what others have made of it', () => {
    beside({ manager, sampler: new AlwaysOnSampler() })
    const below = () => {
      runUnit(task('below'), (unit) => {
        expect(unit.spanContext).toMatchObject({ traceFlags: 0 })
        expect(openSpan({ name: 'add', kind: 'producer' })).toBeUndefined()
      })
      runUnit({ ...task('detached'), detached: true }, () => undefined)
    }
    runUnit(http({ untraced: true, carrier: { traceparent: traceparent('01') } }), (unit) => {
      expect(unit.spanContext).toMatchObject({ traceId: TRACE_ID, traceFlags: 0 })
      below()
    })
    serve((span) =>
      runUnit(http({ untraced: true }), (unit) => {
        const { traceId, spanId } = span.spanContext()
        expect(unit.spanContext).toMatchObject({ traceId, spanId, traceFlags: 0 })
        unit.setName('GET /health')
        below()
      }),
    )
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual([
      'detached',
      'detached',
      'GET /health',
    ])
  })

  it('take a carrier for their parent, for a link or for nothing', () => {
    beside({ manager })
    const carrier = { traceparent: traceparent('01'), baggage: 'tenant=t' }
    const tenants = ['child', 'link', 'none'].map((carried) =>
      runUnit(
        { kind: 'job', name: carried, detached: true, carrier, carried: carried as 'child' },
        () => propagation.getActiveBaggage()?.getEntry('tenant')?.value,
      ),
    )
    expect(tenants).toEqual(['t', 't', undefined])
    expect(parentOf('child')).toBe(SPAN_ID)
    expect([parentOf('link'), parentOf('none')]).toEqual([undefined, undefined])
    expect(named('link').links.map(({ context }) => context.spanId)).toEqual([SPAN_ID])
    expect(named('none').links).toEqual([])
  })

  it('do not mix when 500 of them run at once', async () => {
    beside({ manager })
    const step = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
    await Promise.all(
      Array.from({ length: 500 }, async (_, i) => {
        await step()
        const fields = { 'request.id': `r${i}` }
        await runUnit({ kind: 'job', name: `job ${i}`, detached: true, fields }, async () => {
          await step()
          await trace.getTracer('driver').startActiveSpan(`query ${i}`, async (span) => {
            await step()
            await runWithContext({ i }, async () => {
              await step()
              expect(getContext()).toEqual({ ...fields, i })
              expect(trace.getActiveSpan()).toBe(span)
              runUnit(task(`task ${i}`), () => undefined)
            })
            span.end()
          })
        })
      }),
    )
    const spans = new Map(exporter.getFinishedSpans().map((span) => [span.name, span]))
    expect(spans.size).toBe(1_500)
    for (let i = 0; i < 500; i++) {
      const [job, query, below] = ['job', 'query', 'task'].map(
        (name) => spans.get(`${name} ${i}`) as ReadableSpan,
      )
      expect(job?.parentSpanContext).toBeUndefined()
      expect(query?.parentSpanContext?.spanId).toBe(job?.spanContext().spanId)
      expect(below?.parentSpanContext?.spanId).toBe(query?.spanContext().spanId)
      expect([job, below].map((span) => span?.attributes['request.id'])).toEqual([`r${i}`, `r${i}`])
    }
  })

  it('do not pile up contexts when each starts its successor', () => {
    beside({ manager })
    const key = createContextKey('theirs')
    let left = 2_000
    const next = (): void => {
      if (left-- === 0) return
      const inner = context.active().setValue(key, left)
      context.with(inner, () =>
        runUnit({ ...task('t'), span: false }, () => runWithContext({}, () => queue(next))),
      )
    }
    const waiting: (() => void)[] = []
    const queue = (fn: () => void): void => {
      waiting.push(context.bind(context.active(), fn))
    }
    next()
    while (waiting.length > 0) waiting.shift()?.()
    let depth = 0
    runUnit({ ...task('last'), span: false }, () => {
      for (let at: unknown = activeFrame(); at !== undefined; at = (at as { base?: unknown }).base) depth++
    })
    expect(depth).toBeLessThan(5)
    expect(left).toBe(-1)
  })
})

describe('a trace that a stranger brings to a provider of others', () => {
  it('is sampled as our ratio says, whatever the stranger says, where that provider follows parents', () => {
    beside({ sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }) })
    const ratio = new TraceIdRatioBasedSampler(RATIO)
    const ids = new TraceIds()
    const wrong: string[] = []
    for (let i = 0; i < 500; i++) {
      const traceId = ids.newTraceId()
      const expected =
        ratio.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED
      for (const flags of ['00', '01']) {
        const options = http({ carrier: { traceparent: traceparent(flags, traceId) }, trusted: false })
        const { spanContext } = runUnit(options, (unit) => unit)
        if (spanContext?.traceId !== traceId) wrong.push('another trace')
        if (((spanContext?.traceFlags ?? 0) & TraceFlags.SAMPLED) !== Number(expected)) wrong.push(traceId)
      }
    }
    expect(wrong).toEqual([])
  })

  it('is sampled as that provider says where it does not follow parents', () => {
    beside({ sampler: new AlwaysOnSampler() })
    const carrier = { traceparent: traceparent('00') }
    runUnit(http({ carrier, trusted: false }), ({ spanContext }) => expect(spanContext?.traceFlags).toBe(1))
  })

  it('is believed where it is trusted', () => {
    beside()
    for (const [flags, traceFlags] of [
      ['00', 0],
      ['01', 1],
    ] as const) {
      runUnit(http({ carrier: { traceparent: traceparent(flags) } }), ({ spanContext }) =>
        expect(spanContext).toMatchObject({ traceId: TRACE_ID, traceFlags }),
      )
    }
  })
})

/** Knows one header of its own, and no context but the active one. */
class OddPropagator implements TextMapPropagator {
  inject(given: Context, carrier: Record<string, string>): void {
    if (given !== context.active()) throw new Error('not the active context')
    const span = trace.getSpanContext(given)
    if (span !== undefined) carrier['odd'] = span.spanId
  }

  extract(given: Context, carrier: Record<string, string>): Context {
    if (carrier['odd'] === undefined) return given
    return trace.setSpanContext(given, {
      traceId: TRACE_ID,
      spanId: carrier['odd'],
      traceFlags: 1,
      isRemote: true,
    })
  }

  fields(): string[] {
    return ['odd']
  }
}

describe('a propagator of others that has headers of its own', () => {
  it('writes these, and W3C’s are added for what carries our units', () => {
    beside({ propagator: new OddPropagator() })
    const carriers: Record<string, string>[] = [{}, {}]
    let outside: SpanContext | undefined
    runUnit(task('t'), (unit) => {
      carryTrace(activeFrame()!, carriers[0] as TraceCarrier)
      outside = unit.spanContext
      const frame = activeFrame()!
      runDetached(() => carryTrace(frame, carriers[1] as TraceCarrier))
    })
    const { traceId, spanId } = outside!
    const written = { odd: spanId, traceparent: `00-${traceId}-${spanId}-01` }
    expect(carriers).toEqual([written, written])
    runUnit({ kind: 'job', name: 'by W3C', carrier: { traceparent: written.traceparent } }, () => undefined)
    runUnit(
      { kind: 'job', name: 'by theirs', carrier: { odd: 'c'.repeat(16) } as TraceCarrier },
      () => undefined,
    )
    expect(parentOf('by W3C')).toBe(spanId)
    expect(parentOf('by theirs')).toBe('c'.repeat(16))
  })
})

describe('others that throw', () => {
  it('cost the span, never the unit', () => {
    const complaints: unknown[] = []
    const fail = () => {
      throw new Error('theirs')
    }
    beside({
      processors: [{ onStart: fail, onEnd: fail, forceFlush: async () => {}, shutdown: async () => {} }],
      propagator: { inject: fail, extract: fail, fields: () => [] },
    })
    const note = (text: string) => complaints.push(text)
    const logger = { error: note, warn: note, info: note, debug: note, verbose: note }
    diag.setLogger(logger, { logLevel: DiagLogLevel.WARN })
    const failed = slot.runtime?.failed
    const result = runUnit(http({ carrier: { traceparent: traceparent('01') } }), () => {
      expect(getContext()).toEqual({ 'request.id': 'r' })
      expect(openSpan({ name: 'add', kind: 'producer' })).toBeUndefined()
      const carrier = {}
      carryTrace(activeFrame()!, carrier)
      return runUnit(task('below'), () => 5)
    })
    expect(result).toBe(5)
    expect(slot.tracing?.extract({ traceparent: traceparent('01') })).toBeUndefined()
    expect(slot.runtime?.failed).toBe(failed)
    expect(new Set(complaints)).toEqual(
      new Set([
        'throughline: the span of a unit was not started',
        'throughline: a span was not started',
        'throughline: a trace was not handed on',
        'throughline: a trace was not taken over',
      ]),
    )
  })
})
