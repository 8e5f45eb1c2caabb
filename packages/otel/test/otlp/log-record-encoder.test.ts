import { describe, expect, it } from '@jest/globals'
import { createLogRecordEncoder } from '../../src/otlp/log-record-encoder.js'
import { CONTEXT, exported, sentRecords } from './harness.js'

describe('createLogRecordEncoder', () => {
  it('writes all of a record', () => {
    const { traceId, spanId } = CONTEXT
    const full = exported({
      event: 'PickMade',
      eventName: 'draft.pick_made',
      level: 'warn',
      attributes: { a: 1, list: ['x'] },
      context: { 'request.id': 'r' },
      traceId,
      spanId,
      traceFlags: 1,
    })
    expect(sentRecords([full])).toEqual([
      {
        body: 'PickMade',
        eventName: 'draft.pick_made',
        severityNumber: 13,
        severityText: 'warn',
        attributes: { 'request.id': 'r', a: 1, list: ['x'], 'event.name': 'draft.pick_made' },
        traceId,
        spanId,
        flags: 1,
        time: 1_700_000_000_123_000_000n,
        observedTime: 1_700_000_000_456_000_000n,
        scope: expect.objectContaining({ name: 'scope', version: '1.2.3' }),
        resource: { 'service.name': 'test', 'process.pid': 7 },
      },
    ])
  })

  it('has each key once: the name over the call, the call over the context', () => {
    const context = { a: 'context', b: 'context', 'event.name': 'context' }
    const records = [
      exported({ context, attributes: { a: 'call', 'event.name': 'call' } }),
      exported({ context, attributes: { c: 'call' } }, null),
      exported({ context, attributes: { 'event.name': 'call' } }, null),
      exported({ context }, 'b'),
    ]
    // The decoder would show a key that is there twice as `a#2`.
    expect(sentRecords(records).map(({ attributes }) => attributes)).toEqual([
      { a: 'call', b: 'context', 'event.name': 'tick' },
      { ...context, c: 'call' },
      { ...context, 'event.name': 'call' },
      { ...context, b: 'tick' },
    ])
  })

  it('takes __proto__ and constructor for keys like any other, in the call and in the context', () => {
    const odd = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>
    const records = sentRecords([exported({ attributes: odd }), exported({ context: odd })])
    for (const { attributes } of records) {
      expect(new Map(Object.entries(attributes))).toEqual(
        new Map([
          ['__proto__', 'x'],
          ['constructor', 'y'],
          ['event.name', 'tick'],
        ]),
      )
    }
  })

  it('keeps the contexts of lines that alternate apart, from one request to the next too', () => {
    const encode = createLogRecordEncoder()
    const [a, b] = [{ 'request.id': 'a' }, { 'request.id': 'b', text: 'é'.repeat(500) }]
    const once = encode([exported({ context: b }), exported({ context: a })]).body
    expect(encode([exported({ context: b }), exported({ context: a })]).body).toEqual(once)
    const records = sentRecords([a, b, a, b].map((context) => exported({ context }, null)))
    expect(records.map(({ attributes }) => attributes)).toEqual([a, b, a, b])
  })

  it('leaves out the trace where there is none', () => {
    expect(sentRecords([exported()])[0]).toMatchObject({ traceId: undefined, spanId: undefined, flags: 0 })
  })

  it('loses a record that cannot be encoded, and no other', () => {
    const context = Object.defineProperty({}, 'bad', {
      enumerable: true,
      get() {
        throw new Error('no')
      },
    })
    const { skipped } = createLogRecordEncoder()([exported({ context }), exported()])
    expect(skipped).toBe(1)
    expect(sentRecords([exported({ context }), exported({ event: 'kept' })])).toMatchObject([
      { body: 'kept' },
    ])
    expect(sentRecords([exported({ traceId: 'x', spanId: 'y' }), exported()])).toHaveLength(1)
  })
})
