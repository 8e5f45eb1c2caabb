import { afterEach, describe, expect, it } from '@jest/globals'
import { type Context, ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import { runUnit, type SamplerName, type SpanContext, type UnitOptions } from '@throughline/core'
import { type OpenSpan, openSpan, slot, type TraceCarrier } from '@throughline/core/binding'
import { TraceIds } from '../../src/tracing/trace-ids.js'
import { SPAN_ID, traceInMemory, type Tracing, traceparent } from './harness.js'

const RATIO = 0.3

/** What the specification makes of the six names of `OTEL_TRACES_SAMPLER`. */
const OFFICIAL: Record<SamplerName, Sampler> = {
  always_on: new AlwaysOnSampler(),
  always_off: new AlwaysOffSampler(),
  traceidratio: new TraceIdRatioBasedSampler(RATIO),
  parentbased_always_on: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(RATIO) }),
}
const NAMES = Object.keys(OFFICIAL) as SamplerName[]

function officialSays(name: SamplerName, context: Context, traceId: string): boolean {
  const { decision } = OFFICIAL[name].shouldSample(context, traceId, 'unit', SpanKind.INTERNAL, {}, [])
  return decision === SamplingDecision.RECORD_AND_SAMPLED
}

function remote(traceId: string, traceFlags: TraceFlags): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: SPAN_ID, traceFlags, isRemote: true })
}

let tracing: Tracing
afterEach(() => tracing.shutdown())

/** Whether a unit of these options is sampled, and its trace. */
function open(options: Partial<UnitOptions>): { sampled: boolean; traceId: string; recorded: boolean } {
  return runUnit({ kind: 'task', name: 'unit', ...options }, ({ spanContext }) => ({
    traceId: spanContext?.traceId ?? '',
    sampled: spanContext?.traceFlags === TraceFlags.SAMPLED,
    recorded: trace.getActiveSpan()?.isRecording() === true,
  }))
}

describe('the sampler', () => {
  it.each(NAMES)('decides ahead as the SDK would, for 10,000 traces: %s', (name) => {
    tracing = traceInMemory(name, RATIO)
    const ids = new TraceIds()
    const wrong: unknown[] = []
    const check = (kind: string, options: Partial<UnitOptions>, contextOf: (traceId: string) => Context) => {
      const { traceId, sampled, recorded } = open(options)
      const expected = officialSays(name, contextOf(traceId), traceId)
      if (sampled !== expected || recorded !== expected)
        wrong.push({ kind, traceId, sampled, recorded, expected })
    }
    for (let i = 0; i < 2_500; i++) {
      const traceId = ids.newTraceId()
      check('root', {}, () => ROOT_CONTEXT)
      for (const [flags, traceFlags] of [
        ['01', TraceFlags.SAMPLED],
        ['00', TraceFlags.NONE],
      ] as const) {
        const carrier = { traceparent: traceparent(flags, traceId) }
        check(`child ${flags}`, { carrier }, () => remote(traceId, traceFlags))
        // Whatever a stranger says, it is as if the trace began here.
        check(`stranger ${flags}`, { carrier, trusted: false }, () => ROOT_CONTEXT)
      }
      tracing.clear()
    }
    expect(wrong).toEqual([])
  })

  it.each(NAMES)('gives a child the word of its parent unless it does not follow parents: %s', (name) => {
    tracing = traceInMemory(name, RATIO)
    for (let i = 0; i < 200; i++) {
      runUnit({ kind: 'task', name: 'outer' }, (outer) => {
        const { traceId, traceFlags } = outer.spanContext as SpanContext
        const inner = open({})
        expect(inner.traceId).toBe(traceId)
        expect(inner.sampled).toBe((traceFlags & TraceFlags.SAMPLED) !== 0)
      })
    }
  })

  it.each(NAMES)('makes no span below an excluded unit, of anybody: %s', (name) => {
    tracing = traceInMemory(name, 1)
    runUnit(
      { kind: 'http', name: 'GET', untraced: true, carrier: { traceparent: traceparent('01') } },
      (unit) => {
        expect(unit.spanContext).toMatchObject({ traceFlags: 0 })
        expect(open({}).sampled).toBe(false)
        expect(openSpan({ name: 'add', kind: 'producer' })).toBeUndefined()
        trace.getTracer('driver').startActiveSpan('query', (span) => {
          expect(span.isRecording()).toBe(false)
          expect(span.spanContext().traceId).toBe(unit.spanContext?.traceId)
          trace.getTracer('driver').startSpan('nested').end()
          span.end()
        })
      },
    )
    expect(tracing.spans()).toEqual([])
  })

  it('decides for what follows where a span begins a trace outside any unit', () => {
    tracing = traceInMemory('parentbased_traceidratio', RATIO)
    for (let i = 0; i < 200; i++) {
      const span = openSpan({ name: 'add', kind: 'producer' }) as OpenSpan
      const { traceId, traceFlags } = slot.tracing!.spanContext(span.frame) as SpanContext
      const carrier: TraceCarrier = {}
      slot.tracing!.inject(span.frame, carrier)
      expect(carrier.traceparent).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-0${traceFlags}$`))
      span.end()
      const job = open({ carrier })
      expect(job.traceId).toBe(traceId)
      expect(job.sampled).toBe((traceFlags & TraceFlags.SAMPLED) !== 0)
    }
    const names = tracing.spans().map(({ name }) => name)
    expect(names.filter((name) => name === 'add').length * 2).toBe(names.length)
  })

  it('leaves the next span its own trace id where a decided one was not taken', () => {
    tracing = traceInMemory('always_on')
    const first = open({}).traceId
    const traceIds = [first, open({}).traceId]
    trace.getTracer('driver').startActiveSpan('root', { root: true }, (span) => {
      traceIds.push(span.spanContext().traceId)
      span.end()
    })
    expect(new Set(traceIds).size).toBe(3)
  })
})
