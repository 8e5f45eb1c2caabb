import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { propagation, type SpanContext } from '@opentelemetry/api'
import { runUnit } from '@throughline/core'
import { activeFrame, carryTrace, type TraceCarrier } from '@throughline/core/binding'
import { SPAN_ID, TRACE_ID, traceInMemory, type Tracing, traceparent } from './harness.js'

let tracing: Tracing
beforeAll(() => {
  tracing = traceInMemory('parentbased_always_on')
})
afterAll(() => tracing.shutdown())

/** The trace that a unit with that carrier runs in, and what it hands on. */
function carried(carrier: unknown): { unit: SpanContext; onward: TraceCarrier; baggage: [string, string][] } {
  return runUnit({ kind: 'job', name: 'q', carrier: carrier as TraceCarrier }, (unit) => {
    const onward: TraceCarrier = {}
    carryTrace(activeFrame()!, onward)
    const entries = propagation.getActiveBaggage()?.getAllEntries() ?? []
    return {
      unit: unit.spanContext as SpanContext,
      onward,
      baggage: entries.map(([key, { value }]) => [key, value]),
    }
  })
}

const VALID = traceparent('01')

describe('a carrier', () => {
  it('brings the trace, its state and its baggage, and hands them on', () => {
    const tracestate = 'vendor=a:1,other=b'
    const { unit, onward, baggage } = carried({
      traceparent: VALID,
      tracestate,
      baggage: 'tenant=t%20x,b=2;p=1',
    })
    expect(unit).toMatchObject({ traceId: TRACE_ID, traceFlags: 1 })
    expect(onward).toEqual({
      traceparent: `00-${TRACE_ID}-${unit.spanId}-01`,
      tracestate,
      baggage: 'tenant=t%20x,b=2;p=1',
    })
    expect(baggage).toEqual([
      ['tenant', 't x'],
      ['b', '2'],
    ])
  })

  it('has one value where it brought a list of one', () => {
    expect(carried({ traceparent: [VALID] }).unit.traceId).toBe(TRACE_ID)
  })

  it.each([
    ['nothing', ''],
    ['too short', VALID.slice(0, -1)],
    ['too long in version 00', `${VALID}-extra`],
    ['version ff', VALID.replace(/^00/, 'ff')],
    ['upper case', VALID.toUpperCase()],
    ['a trace id of zeros', traceparent('01', '0'.repeat(32))],
    ['a span id of zeros', VALID.replace(SPAN_ID, '0'.repeat(16))],
    ['no hexadecimal number', traceparent('01', 'g'.repeat(32))],
    ['a line break', `${VALID}\r\nset-cookie: a=b`],
    ['NUL', `\u0000${VALID}`],
    ['1 MiB', '0'.repeat(1 << 20)],
    ['a list of two', [VALID, VALID.replace('-01', '-00')].join(',')],
    ['an object', { toString: () => VALID }],
    ['a number', 1],
    ['null', null],
    ['an empty list', []],
  ])('with a traceparent that is %s begins a trace of its own', (_, given) => {
    const { unit, onward } = carried({ traceparent: given })
    expect(unit.traceId).toMatch(/^(?!0{32})[\da-f]{32}$/)
    expect(unit.traceId).not.toBe(TRACE_ID)
    expect(onward.traceparent).toBe(`00-${unit.traceId}-${unit.spanId}-01`)
  })

  it('of a later version counts as far as it is known', () => {
    expect(carried({ traceparent: `${VALID.replace(/^00/, '01')}-new` }).unit.traceId).toBe(TRACE_ID)
  })

  it.each([
    ['512 members', Array.from({ length: 512 }, (_, i) => `k${i}=v`).join(',')],
    ['64 KiB', `k=${'v'.repeat(65_536)}`],
    ['control characters', 'a=\u0001,b=\u001b[31m'],
    ['keys that are none', 'A B=1,=2,3='],
    ['a list', ['a=1', 'b=2']],
    ['a number', 7],
  ])('with a tracestate of %s keeps the trace', (_, tracestate) => {
    const { unit, onward } = carried({ traceparent: VALID, tracestate })
    expect(unit.traceId).toBe(TRACE_ID)
    expect(onward.tracestate ?? '').toMatch(/^[\x20-\x7e]{0,512}$/)
  })

  it.each([
    ['8 KiB', `k=${'v'.repeat(8_190)}`],
    ['64 KiB', `k=${'v'.repeat(65_536)}`],
    ['1,000 members', Array.from({ length: 1_000 }, (_, i) => `k${i}=v`).join(',')],
    ['bad escapes', 'a=%,b=%zz,c=%E0%A4%A'],
    ['control characters', 'a=\u0000,b=\u001b[31m'],
    ['prototype keys', '__proto__=1,constructor=2'],
    ['a list', ['a=1', 'b=2']],
    ['a number', 7],
    ['null', null],
  ])('with a baggage of %s keeps the trace and hands on no more than W3C allows', (_, baggage) => {
    const { unit, onward } = carried({ traceparent: VALID, baggage })
    expect(unit.traceId).toBe(TRACE_ID)
    expect(String(onward.baggage ?? '').length).toBeLessThanOrEqual(8_192)
    expect(String(onward.baggage ?? '')).toMatch(/^[\x20-\x7e]*$/)
  })

  it('brings baggage without a trace', () => {
    const { unit, baggage } = carried({ baggage: 'tenant=t' })
    expect(unit.traceId).not.toBe(TRACE_ID)
    expect(baggage).toEqual([['tenant', 't']])
  })

  it('is a link, or nothing, where that is asked for', () => {
    tracing.clear()
    for (const carry of ['link', 'none'] as const) {
      runUnit(
        { kind: 'job', name: carry, carrier: { traceparent: VALID, baggage: 'a=1' }, carried: carry },
        () => {
          const given = propagation.getActiveBaggage()?.getEntry('a')?.value
          expect(given).toBe(carry === 'link' ? '1' : undefined)
        },
      )
    }
    const found = tracing.spans().map((span) => ({
      name: span.name,
      parent: span.parentSpanContext?.traceId,
      links: span.links.map(({ context }) => context.spanId),
      ofTrace: span.spanContext().traceId === TRACE_ID,
    }))
    expect(found).toEqual([
      { name: 'link', parent: undefined, links: [SPAN_ID], ofTrace: false },
      { name: 'none', parent: undefined, links: [], ofTrace: false },
    ])
  })
})
