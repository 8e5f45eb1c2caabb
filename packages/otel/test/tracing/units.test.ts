import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Attributes, context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import {
  bindContext,
  getContext,
  runUnit,
  runWithContext,
  type SpanContext,
  type Unit,
} from '@throughline/core'
import { openSpan } from '@throughline/core/binding'
import { SPAN_ID, TRACE_ID, traceInMemory, type Tracing, traceparent } from './harness.js'

let tracing: Tracing
beforeEach(() => {
  tracing = traceInMemory('parentbased_always_on')
})
afterEach(() => tracing.shutdown())

function named(name: string): ReadableSpan {
  const found = tracing.spans().filter((span) => span.name === name)
  expect(found).toHaveLength(1)
  return found[0] as ReadableSpan
}

const task = { kind: 'task', name: 'nightly' } as const

describe('the span of a unit', () => {
  it('has the kind of the unit, or the one it is given', () => {
    for (const kind of ['http', 'connection', 'job', 'task'] as const)
      runUnit({ kind, name: kind }, () => undefined)
    runUnit({ kind: 'task', name: 'given', span: { kind: 'producer' } }, () => undefined)
    runUnit({ kind: 'message', name: 'plain' }, () => undefined)
    runUnit({ kind: 'message', name: 'message', span: {} }, () => undefined)
    runUnit({ kind: 'task', name: 'none', span: false }, () => undefined)
    expect(tracing.spans().map(({ name, kind }) => [name, kind])).toEqual([
      ['http', SpanKind.SERVER],
      ['connection', SpanKind.SERVER],
      ['job', SpanKind.CONSUMER],
      ['task', SpanKind.INTERNAL],
      ['given', SpanKind.PRODUCER],
      ['message', SpanKind.CONSUMER],
    ])
  })

  it('bears the dimensions and the request id from its start, and everything else at its end', () => {
    let during: Attributes = {}
    let asked = 0
    const span = { dimensions: { 'url.scheme': 'https' }, attributes: () => ({ late: ++asked }) }
    runUnit(
      { ...task, fields: { 'request.id': 'r', labels: ['tournament'], 'user.id': 7 }, span },
      (unit) => {
        during = { ...(trace.getActiveSpan() as unknown as ReadableSpan).attributes }
        bindContext({ 'tournament.id': 5 })
        unit.setAttributes({ rows: 3, password: 'p' })
        unit.setName('renamed')
      },
    )
    expect(during).toEqual({ 'url.scheme': 'https', 'request.id': 'r' })
    expect(asked).toBe(1)
    // Who the user is, is on spans only where that was asked for.
    expect(named('renamed').attributes).toEqual({
      'url.scheme': 'https',
      'request.id': 'r',
      labels: ['tournament'],
      'tournament.id': 5,
      rows: 3,
      password: '[REDACTED]',
      late: 1,
    })
  })

  it('has the error, redacted, and the status of a unit that failed', () => {
    const error = new TypeError('no access with token=abc123secret for postgres://u:pw@host/db')
    expect(() =>
      runUnit(task, () => {
        throw error
      }),
    ).toThrow(error)
    const { attributes, status, events } = named('nightly')
    expect(attributes['error.type']).toBe('TypeError')
    expect(status.code).toBe(SpanStatusCode.ERROR)
    expect(events.map(({ name }) => name)).toEqual(['exception'])
    expect(events[0]?.attributes).toMatchObject({ 'exception.type': 'TypeError' })
    expect(status.message).toBe(events[0]?.attributes?.['exception.message'])
  })

  it('has the status code as its type where a unit failed without an error', () => {
    runUnit({ kind: 'http', name: 'GET', manualEnd: true }, (unit) =>
      unit.end({ outcome: 'error', attributes: { 'http.response.status_code': 503 } }),
    )
    runUnit({ ...task, manualEnd: true }, (unit) => unit.end({ outcome: 'error' }))
    expect(named('GET').attributes['error.type']).toBe('503')
    expect(named('GET').status).toEqual({ code: SpanStatusCode.ERROR })
    expect(named('GET').events).toEqual([])
    expect(named('nightly').attributes['error.type']).toBe('_OTHER')
  })

  it('has no status where the unit was aborted', () => {
    runUnit({ ...task, manualEnd: true }, (unit) => unit.end({ outcome: 'aborted' }))
    expect(named('nightly').status).toEqual({ code: SpanStatusCode.UNSET })
  })

  it('does not take a method that nobody knows into its name', () => {
    runUnit({ kind: 'http', name: 'SPY', manualEnd: true }, (unit) => {
      unit.setName('SPY /matches/{id}')
      unit.end({ outcome: 'ok', attributes: { 'http.request.method': 'SPY' } })
    })
    runUnit({ kind: 'http', name: 'get', manualEnd: true }, (unit) =>
      unit.end({ outcome: 'ok', attributes: { 'http.request.method': 'get' } }),
    )
    expect(named('HTTP /matches/{id}').attributes).toEqual({
      'http.request.method': '_OTHER',
      'http.request.method_original': 'SPY',
    })
    expect(named('HTTP').attributes['http.request.method_original']).toBe('get')
  })

  it('ends once, with the first of two ends', () => {
    runUnit({ kind: 'connection', name: 'ws', manualEnd: true }, (unit) => {
      unit.endSpan({ outcome: 'ok', attributes: { first: true } })
      expect(tracing.spans()).toHaveLength(1)
      unit.endSpan({ outcome: 'error', attributes: { second: true } })
      unit.setAttributes({ later: true })
      unit.end({ outcome: 'error', error: new Error('late') })
      unit.end({ outcome: 'ok' })
    })
    const { attributes, status } = named('ws')
    expect(attributes).toEqual({ first: true })
    expect(status.code).toBe(SpanStatusCode.UNSET)
  })

  it('is the parent of what runs below it, and not of what is detached', async () => {
    await runUnit(task, async (outer) => {
      await sleep(1)
      runWithContext({ a: 1 }, () => runUnit({ kind: 'task', name: 'child' }, () => undefined))
      trace.getTracer('driver').startActiveSpan('query', (span) => {
        runUnit({ kind: 'task', name: 'grandchild' }, () => undefined)
        span.end()
      })
      runUnit({ kind: 'task', name: 'detached', detached: true }, () => expect(getContext()).toEqual({}))
      context.with(ROOT_CONTEXT, () => runUnit({ kind: 'task', name: 'below root' }, () => undefined))
      outer.run(() => openSpan({ name: 'add', kind: 'producer', attributes: { token: 't' } })?.end())
    })
    const outer = named('nightly').spanContext()
    expect(named('child').parentSpanContext?.spanId).toBe(outer.spanId)
    expect(named('grandchild').parentSpanContext?.spanId).toBe(named('query').spanContext().spanId)
    expect(named('add').parentSpanContext?.spanId).toBe(outer.spanId)
    expect(named('add').attributes).toEqual({ token: '[REDACTED]' })
    expect(named('detached').parentSpanContext).toBeUndefined()
    expect(named('below root').parentSpanContext).toBeUndefined()
  })

  it('stands below a given parent and beside given links', () => {
    const parent: SpanContext = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1 }
    runUnit(
      { kind: 'message', name: 'm', parent, links: [{ ...parent, spanId: 'c'.repeat(16) }] },
      () => undefined,
    )
    const { parentSpanContext, links } = named('m')
    expect(parentSpanContext).toMatchObject({ traceId: TRACE_ID, spanId: SPAN_ID })
    expect(links.map(({ context }) => context.spanId)).toEqual(['c'.repeat(16)])
  })

  it('is quiet and valid where it is not sampled', () => {
    runUnit({ kind: 'http', name: 'GET', carrier: { traceparent: traceparent('00') } }, (unit) => {
      const span = trace.getActiveSpan()!
      expect(unit.spanContext).toMatchObject({ traceId: TRACE_ID, traceFlags: 0 })
      expect(unit.spanContext?.spanId).not.toBe(SPAN_ID)
      expect(trace.isSpanContextValid(span.spanContext())).toBe(true)
      expect(span.isRecording()).toBe(false)
      const same = span
        .setAttribute('a', 1)
        .setAttributes({})
        .addEvent('e')
        .setStatus({ code: SpanStatusCode.OK })
        .updateName('n')
      expect(same.addLink({ context: span.spanContext() }).addLinks([])).toBe(span)
      span.recordException(new Error('x'))
      span.end()
    })
    expect(tracing.spans()).toEqual([])
  })

  it('leaves the unit alone when one of its attributes throws', () => {
    const result = runUnit(
      {
        ...task,
        span: {
          attributes: () => {
            throw new Error('theirs')
          },
        },
      },
      (unit) => {
        unit.setAttributes(
          Object.defineProperty({}, 'bad', {
            enumerable: true,
            get: () => {
              throw new Error('no')
            },
          }),
        )
        return 5
      },
    )
    expect(result).toBe(5)
    expect(named('nightly').ended).toBe(true)
  })

  it('does not mix 500 units that run at once', async () => {
    const step = () => sleep(Math.random() * 5)
    const one = (i: number) =>
      runUnit({ kind: 'job', name: `job ${i}`, fields: { 'request.id': `r${i}` } }, async (unit: Unit) => {
        await step()
        bindContext({ i })
        await trace.getTracer('driver').startActiveSpan(`query ${i}`, async (span) => {
          await step()
          expect(getContext()).toEqual({ 'request.id': `r${i}`, i })
          expect(trace.getActiveSpan()).toBe(span)
          span.end()
        })
        await runUnit({ kind: 'task', name: `task ${i}` }, step)
        return unit.spanContext as SpanContext
      })
    const jobs = await Promise.all(Array.from({ length: 500 }, (_, i) => one(i)))
    const spans = new Map(tracing.spans().map((span) => [span.name, span]))
    expect(spans.size).toBe(1_500)
    jobs.forEach(({ traceId, spanId }, i) => {
      for (const name of [`query ${i}`, `task ${i}`]) {
        const { attributes, parentSpanContext } = spans.get(name) as ReadableSpan
        expect(attributes['request.id']).toBe(`r${i}`)
        expect(parentSpanContext).toMatchObject({ traceId, spanId })
      }
      expect(spans.get(`job ${i}`)?.attributes).toEqual({ 'request.id': `r${i}`, i })
    })
    expect(new Set(jobs.map(({ traceId }) => traceId)).size).toBe(500)
  })
})
