import { describe, expect, it } from '@jest/globals'
import { context, createContextKey, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { Frame, SCOPE_KEY } from '../../src/context/frame.js'
import { slot } from '../../src/slot.js'

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }

/** The key under which the API keeps a span, learnt through its public functions. */
function spanKey(): symbol {
  let found: symbol | undefined
  const probe = {
    getValue: () => undefined,
    setValue(key: symbol) {
      found = key
      return probe
    },
    deleteValue: () => probe,
  }
  trace.setSpan(probe, trace.wrapSpanContext(SPAN))
  return found as symbol
}

describe('a Frame as an OpenTelemetry Context', () => {
  slot.spanKey = spanKey()

  it('carries span, baggage and values of others side by side, without changing the original', () => {
    const scope = {} as never
    const original = new Frame(scope)
    const key = createContextKey('mine')
    const baggage = propagation.createBaggage({ a: { value: '1' } })
    const frame = propagation
      .setBaggage(trace.setSpanContext(original, SPAN), baggage)
      .setValue(key, 5) as Frame
    expect(trace.getSpanContext(frame)).toEqual(SPAN)
    expect(propagation.getBaggage(frame)).toBe(baggage)
    expect(frame.getValue(key)).toBe(5)
    expect(frame.getValue(SCOPE_KEY)).toBe(scope)
    expect(frame.scope).toBe(scope)
    expect(original.getValue(key)).toBeUndefined()
    expect(trace.getSpan(original)).toBeUndefined()
  })

  it('deletes a value, also one of its base', () => {
    const key = createContextKey('mine')
    const frame = new Frame(undefined, undefined, ROOT_CONTEXT.setValue(key, 1))
    expect(frame.getValue(key)).toBe(1)
    expect(frame.deleteValue(key).getValue(key)).toBeUndefined()
    expect(trace.getSpan(trace.deleteSpan(trace.setSpanContext(frame, SPAN)))).toBeUndefined()
  })

  it('does not pile up a value that is set again and again, as by work that starts its successor', () => {
    const [key, other] = [createContextKey('mine'), createContextKey('other')]
    const base = ROOT_CONTEXT.setValue(other, 'base')
    let frame = new Frame(undefined, undefined, base).setValue(other, 'own')
    for (let i = 0; i < 50_000; i++) frame = frame.setValue(key, i).deleteValue(key).setValue(key, i)
    expect([frame.getValue(key), frame.getValue(other)]).toEqual([49_999, 'own'])
    expect(frame.getValue(createContextKey('unknown'))).toBeUndefined()
    expect(frame.deleteValue(other).getValue(other)).toBeUndefined()
  })

  it('is taken by the API in place of its own context', () => {
    expect(context.with(new Frame(undefined), () => 5)).toBe(5)
  })
})
