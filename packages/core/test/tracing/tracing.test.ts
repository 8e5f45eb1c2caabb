import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Frame } from '../../src/context/frame.js'
import { getContext } from '../../src/context/context.js'
import { activeFrame, detachedFrame, runInFrame } from '../../src/edge/frames.js'
import { carryTrace, openSpan } from '../../src/edge/spans.js'
import { slot } from '../../src/slot.js'
import type { Tracing, UnitEnd } from '../../src/tracing/tracing.js'
import { runUnit } from '../../src/unit/run-unit.js'
import { onUnitEnd } from '../../src/unit/unit-listeners.js'
import type { FinishedUnit, UnitOptions } from '../../src/unit/unit.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }

/** Tracing whose spans are the names of their units, and which notes what it is asked. */
class NotedTracing implements Tracing {
  readonly notes: [string, ...unknown[]][] = []
  enter: Tracing['enter']

  openUnit(options: UnitOptions, scope: Frame['scope'] & object, current: Frame | undefined) {
    this.notes.push(['open', options.name, current?.span])
    const note = (what: string) => (end: UnitEnd) => this.notes.push([what, end])
    return { frame: new Frame(scope, options.name), endSpan: note('endSpan'), end: note('end') }
  }

  openSpan() {
    return undefined
  }

  spanContext() {
    return ids
  }

  inject(_frame: Frame, carrier: { traceparent?: string }): void {
    carrier.traceparent = 'injected'
  }

  extract() {
    return { span: 'carried', base: { getValue: () => 'base' } }
  }
}

describe('units of work with tracing', () => {
  let harness: Harness
  let tracing: NotedTracing

  beforeEach(() => {
    harness = openRuntime()
    tracing = new NotedTracing()
    slot.tracing = tracing
    slot.activeTrace = {
      ids: (frame) =>
        frame?.span === undefined ? undefined : { ...ids, spanId: frame.span as unknown as string },
      baggage: () => undefined,
    }
  })

  afterEach(() => {
    slot.tracing = undefined
    slot.activeTrace = undefined
    harness.close()
  })

  it('run in the frame they are given, below the span of the current one', () => {
    runUnit({ kind: 'task', name: 'outer' }, () => {
      expect(activeFrame()?.span).toBe('outer')
      runUnit({ kind: 'task', name: 'inner' }, () => expect(activeFrame()?.span).toBe('inner'))
    })
    expect(tracing.notes.filter(([what]) => what === 'open')).toEqual([
      ['open', 'outer', undefined],
      ['open', 'inner', 'outer'],
    ])
  })

  it('end the span before the completion line, which bears its ids', () => {
    const order: unknown[] = []
    harness.runtime.addSink({
      write: ({ event, spanId }) => order.push([event, spanId, tracing.notes.length]),
    })
    runUnit({ kind: 'http', name: 'GET', manualEnd: true }, (unit) => {
      unit.setName('GET /x')
      unit.setAttributes({ a: 1 })
      unit.end({ outcome: 'ok', attributes: { b: 2 } })
      unit.end({ outcome: 'error' })
    })
    expect(order).toEqual([['request_completed', 'GET', 2]])
    expect(tracing.notes[1]).toEqual([
      'end',
      {
        name: 'GET /x',
        outcome: 'ok',
        error: undefined,
        seconds: expect.any(Number),
        attributes: expect.objectContaining({ a: 1, b: 2 }),
      },
    ])
  })

  it('can end the span ahead of themselves, once they are open', () => {
    runUnit({ kind: 'connection', name: 'websocket', manualEnd: true }, (unit) => {
      unit.endSpan({ outcome: 'ok', attributes: { 'http.response.status_code': 101 } })
      expect(unit.ended).toBe(false)
      unit.end({ outcome: 'ok' })
      unit.endSpan({ outcome: 'error' })
    })
    expect(tracing.notes.map(([what]) => what)).toEqual(['open', 'endSpan', 'end'])
    expect(tracing.notes[1]).toEqual([
      'endSpan',
      expect.objectContaining({ attributes: { 'http.response.status_code': 101 } }),
    ])
  })

  it('tell listeners where in a trace they were', () => {
    const finished: FinishedUnit[] = []
    const stop = onUnitEnd((unit) => finished.push(unit))
    runUnit({ kind: 'task', name: 'import' }, () => {})
    stop()
    expect(finished).toMatchObject([{ name: 'import', traceId: ids.traceId, spanId: ids.spanId }])
  })

  it('write their line although the trace throws', () => {
    tracing.openUnit = (options, scope) => ({
      frame: new Frame(scope, options.name),
      endSpan() {
        throw new Error('no')
      },
      end() {
        throw new Error('no')
      },
    })
    runUnit({ kind: 'task', name: 'import' }, (unit) => unit.endSpan({ outcome: 'ok' }))
    expect(harness.lines()).toMatchObject([{ event: 'task_completed' }])
    expect(harness.runtime.failed).toBe(2)
  })

  it('go through the context manager of another set-up too', () => {
    const entered: unknown[] = []
    tracing.enter = (frame, fn) => {
      entered.push(frame?.span)
      return fn()
    }
    runUnit({ kind: 'task', name: 'import', fields: { a: 1 } }, (unit) => {
      expect(getContext()).toEqual({ a: 1 })
      unit.run(() => expect(getContext()).toEqual({ a: 1 }))
    })
    runInFrame(detachedFrame({}), () => {})
    expect(entered).toEqual(['import', 'import', undefined])
  })

  it('leave carriers to tracing, and to nobody while it is off', () => {
    const carrier = {}
    expect(carryTrace(new Frame(undefined), carrier)).toBe(true)
    expect(carrier).toEqual({ traceparent: 'injected' })
    const frame = detachedFrame({ a: 1 }, { getValue: () => 'given' }, { traceparent: 'x' })
    expect([frame.span, frame.base?.getValue(Symbol('any'))]).toEqual(['carried', 'base'])
    slot.tracing = undefined
    expect(carryTrace(new Frame(undefined), carrier)).toBe(false)
    expect(openSpan({ name: 'add', kind: 'producer' })).toBeUndefined()
    const off = detachedFrame({ a: 1 }, { getValue: () => 'given' }, { traceparent: 'x' })
    expect([off.span, off.base?.getValue(Symbol('any'))]).toEqual([undefined, 'given'])
  })
})
