import { EventEmitter } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { getContext, runUnit, runWithContext } from '@throughline/core'
import { activeFrame, Frame, slot } from '@throughline/core/binding'
import { frameOf, FrameContextManager, isFrame } from '../../src/tracing/frame-context-manager.js'
import { learnSpanKey } from '../../src/tracing/span-key.js'
import { SPAN_ID, TRACE_ID } from './harness.js'

const KEY = createContextKey('mine')
const REMOTE = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1 }
const manager = new FrameContextManager()

beforeAll(() => {
  slot.spanKey = learnSpanKey()
  context.setGlobalContextManager(manager)
})
afterAll(() => context.disable())

describe('FrameContextManager', () => {
  it('is the root context outside everything', () => {
    expect(manager.active()).toBe(ROOT_CONTEXT)
    expect(activeFrame()).toBeUndefined()
  })

  it('passes the receiver, the arguments, the result and the error on', () => {
    const receiver = { name: 'r' }
    function seen(this: unknown, ...args: number[]): unknown {
      return [this, args, context.active().getValue(KEY)]
    }
    const active = ROOT_CONTEXT.setValue(KEY, 'v')
    expect(context.with(active, seen as never, receiver as never, 1 as never, 2 as never)).toEqual([
      receiver,
      [1, 2],
      'v',
    ])
    expect(context.with(active, seen as never, undefined, 3 as never)).toEqual([null, [3], 'v'])
    expect(() =>
      context.with(active, () => {
        throw new TypeError('theirs')
      }),
    ).toThrow(new TypeError('theirs'))
    expect(context.active()).toBe(ROOT_CONTEXT)
  })

  it('keeps our fields below a context of others, and its values below our scopes', () => {
    runWithContext({ 'request.id': 'r' }, () => {
      context.with(trace.setSpanContext(ROOT_CONTEXT.setValue(KEY, 'v'), REMOTE), () => {
        expect(getContext()).toEqual({ 'request.id': 'r' })
        runWithContext({ a: 1 }, () => {
          expect(getContext()).toEqual({ 'request.id': 'r', a: 1 })
          expect(context.active().getValue(KEY)).toBe('v')
          expect(trace.getSpanContext(context.active())).toEqual(REMOTE)
          context.with(ROOT_CONTEXT, () => {
            expect(getContext()).toEqual({ 'request.id': 'r', a: 1 })
            expect(trace.getActiveSpan()).toBeUndefined()
            expect(context.active().getValue(KEY)).toBeUndefined()
          })
        })
      })
    })
  })

  it('goes back to the fields that a context of ours was taken with', () => {
    const taken = runWithContext({ a: 1 }, () => context.active())
    runWithContext({ b: 2 }, () => context.with(taken, () => expect(getContext()).toEqual({ a: 1 })))
  })

  it('binds functions and emitters to it, once', () => {
    const bound = runWithContext({ a: 1 }, () =>
      context.bind(context.active(), (n: number) => [n, getContext()]),
    )
    expect(bound(5)).toEqual([5, { a: 1 }])
    const emitter = new EventEmitter()
    const seen: unknown[] = []
    const listener = () => seen.push(getContext())
    runWithContext({ a: 1 }, () => context.bind(context.active(), emitter))
    emitter.on('x', listener)
    runWithContext({ b: 2 }, () => emitter.emit('x'))
    emitter.off('x', listener)
    emitter.emit('x')
    expect(seen).toEqual([{ a: 1 }])
  })

  it('attaches a context until its token is disposed of', () => {
    runWithContext({ a: 1 }, () => {
      const before = context.active()
      const token = manager.attach(trace.setSpanContext(ROOT_CONTEXT, REMOTE))
      expect(trace.getSpanContext(context.active())).toEqual(REMOTE)
      expect(getContext()).toEqual({ a: 1 })
      token.dispose()
      expect(context.active()).toBe(before)
      const inner = manager.attach(ROOT_CONTEXT)
      token.dispose()
      expect(trace.getActiveSpan()).toBeUndefined()
      inner.dispose()
      expect(context.active()).toBe(before)
    })
    const token = manager.attach(ROOT_CONTEXT.setValue(KEY, 1))
    token.dispose()
    expect(context.active()).toBe(ROOT_CONTEXT)
  })

  it('goes on when it is disabled: the storage is core’s', () => {
    runWithContext({ a: 1 }, () => {
      manager.disable()
      expect(getContext()).toEqual({ a: 1 })
    })
    expect(manager.enable()).toBe(manager)
  })

  it('knows a frame by its shape, of whichever copy of core', () => {
    const other = {
      scope: undefined,
      span: undefined,
      getValue: () => undefined,
      setValue() {},
      deleteValue() {},
    }
    expect(isFrame(other)).toBe(true)
    expect(frameOf(other)).toBe(other)
    expect([isFrame(ROOT_CONTEXT), isFrame(undefined), isFrame(null), isFrame('x')]).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(frameOf(ROOT_CONTEXT)).toBeInstanceOf(Frame)
  })

  it('drops the span of a unit below the root context, and no fields', () => {
    runUnit({ kind: 'task', name: 't', fields: { 'request.id': 'r' } }, () => {
      context.with(ROOT_CONTEXT, () => expect(activeFrame()?.span).toBeUndefined())
      expect(getContext()).toEqual({ 'request.id': 'r' })
    })
  })
})
