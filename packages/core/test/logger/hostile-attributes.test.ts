import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { bindContext, runWithContext } from '../../src/context/context.js'
import type { LogRecord } from '../../src/logger/log-record.js'
import { getLogger } from '../../src/logger/logger.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness
let records: LogRecord[]

beforeEach(() => {
  harness = openRuntime({ LOG_LEVEL: 'trace' })
  records = []
  harness.runtime.addSink({ level: 'trace', write: (record) => records.push(record) })
})

afterEach(() => harness.close())

/** The attributes of the one line that a call writes. */
function logged(attrs: unknown): Record<string, unknown> {
  getLogger('m').info('e', attrs as object)
  const {
    level: _level,
    event: _event,
    logger: _logger,
    ...rest
  } = harness.lines().at(-1) as Record<string, unknown>
  return rest
}

describe('attributes that no logger should be given', () => {
  it('names a circle', () => {
    const a: Record<string, unknown> = { n: 1 }
    a['self'] = a
    expect(logged({ a })).toEqual({ a: { n: 1, self: '[Circular]' } })
    expect({ ...records[0]?.attributes }).toEqual({ a: '{"n":1,"self":"[Circular]"}' })
  })

  it('shows the same object twice when it is no circle', () => {
    const shared = { n: 1 }
    expect(logged({ list: [shared, shared] })).toEqual({ list: [{ n: 1 }, { n: 1 }] })
  })

  it('survives getters, toJSON and proxies that throw', () => {
    const thrower = {
      get a(): never {
        throw new Error('getter')
      },
      b: 2,
    }
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('trap')
        },
      },
    )
    const json = {
      toJSON() {
        throw new Error('toJSON')
      },
    }
    expect(logged(thrower)).toEqual({ a: '[Threw: getter]', b: 2 })
    expect(logged({ thrower, proxy, json })).toEqual({
      thrower: { a: '[Threw: getter]', b: 2 },
      proxy: '[Threw: trap]',
      json: '[Threw: toJSON]',
    })
  })

  it('survives a proxy in place of attributes', () => {
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('trap')
        },
      },
    )
    expect(() => getLogger('m').info('e', proxy)).not.toThrow()
    expect(() => getLogger('m').bind(proxy).info('e')).not.toThrow()
    expect(() => runWithContext(proxy as never, () => bindContext(proxy as never))).not.toThrow()
  })

  it('drops undefined, functions and symbols, and keeps null on the console only', () => {
    expect(logged({ u: undefined, f() {}, s: Symbol('x'), n: null, [Symbol('k')]: 1 })).toEqual({ n: null })
    expect({ ...records[0]?.attributes }).toEqual({})
  })

  it('writes bigint, NaN and infinities as strings, at any depth', () => {
    expect(logged({ b: 10n, n: NaN, deep: [{ b: 1n }, -Infinity] })).toEqual({
      b: '10',
      n: 'NaN',
      deep: [{ b: '1' }, '-Infinity'],
    })
  })

  it('takes __proto__ and constructor for plain keys', () => {
    const attrs = JSON.parse(
      '{"__proto__":{"x":1},"constructor":2,"hasOwnProperty":3,"deep":{"__proto__":4}}',
    ) as object
    getLogger('m').info('e', attrs)
    expect(harness.text()[0]).toContain(
      '"__proto__":{"x":1},"constructor":2,"hasOwnProperty":3,"deep":{"__proto__":4}}',
    )
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it('cuts a string of 10 MB and says by how much', () => {
    const attrs = logged({ text: 'x'.repeat(10_000_000), deep: { text: 'x'.repeat(10_000_000) } })
    expect(attrs['text']).toBe(`${'x'.repeat(16_384)}…[truncated 9983616 chars]`)
    expect(JSON.stringify(attrs).length).toBeLessThan(40_000)
  })

  it('does not cut through a surrogate pair', () => {
    const text = `${'x'.repeat(16_383)}😀`
    expect(logged({ text })).toEqual({ text: `${'x'.repeat(16_383)}…[truncated 2 chars]` })
  })

  it('stops at a depth and at a number of nodes', () => {
    let deep: unknown = 'bottom'
    for (let i = 0; i < 1_000; i++) deep = { deep }
    expect(JSON.stringify(logged({ deep })).length).toBeLessThan(200)
    const wide = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({ a: 1 })))
    expect(JSON.stringify(logged({ wide })).length).toBeLessThan(20_000)
  })

  it('stops at a number of members and of characters', () => {
    const map = new Map(Array.from({ length: 1_000 }, (_, i) => [i, i]))
    const object = Object.fromEntries(map)
    const texts = Array.from({ length: 90 }, () => 'x'.repeat(16_000))
    const attrs = logged({ map, object, list: [...map.keys()], texts })
    expect(Object.keys(attrs['map'] as object)).toHaveLength(101)
    expect(Object.keys(attrs['object'] as object)).toHaveLength(101)
    expect((attrs['list'] as unknown[]).at(-1)).toBe('[900 more]')
    expect((attrs['texts'] as unknown[]).at(-1)).toBe('[Truncated]')
    expect(JSON.stringify(attrs['texts']).length).toBeLessThan(70_000)
  })

  it('stops at a number of attributes and says how many it left out', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`key${i}`, i]))
    const attrs = logged(many)
    expect(Object.keys(attrs)).toHaveLength(129)
    expect(attrs['attributes.dropped']).toBe(872)
  })

  it('writes lone surrogates as escapes, so that the line is valid UTF-8', () => {
    expect(harness.text()).toEqual([])
    getLogger('m').info('\ud800', { '\udc00': '\ud800x' })
    expect(harness.text()[0]).toContain('"event":"\\ud800","logger":"m","\\udc00":"\\ud800x"')
  })

  it('escapes every control character in event, logger, key, value and context', () => {
    const evil = '\u001b[31m\u009b2J\u007f\r\n'
    runWithContext({ [evil]: evil }, () =>
      getLogger(evil)
        .bind({ bound: evil })
        .info(evil, { key: evil, [`k${evil}`]: 1 }),
    )
    for (const line of harness.text()) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
    expect(harness.lines()[0]).toMatchObject({
      event: evil,
      logger: evil,
      key: evil,
      bound: evil,
      [evil]: evil,
    })
  })

  it.each([null, undefined, 5, 'text', true, () => 1, [1, 2], new Map([['a', 1]]), new Date(0)])(
    'takes %p in place of attributes without a throw',
    (attrs) => {
      expect(() => logged(attrs)).not.toThrow()
    },
  )

  it.each([undefined, null, 5, {}, Symbol('s'), 'x'.repeat(100_000)])('takes %p for an event', (event) => {
    getLogger('m').info(event as string)
    expect(String(harness.lines()[0]?.['event']).length).toBeLessThan(1_100)
  })

  it('shows Map, Set, Error, Date and bytes as something a reader understands', () => {
    expect(
      logged({
        map: new Map([['a', 1]]),
        set: new Set([1]),
        failure: new TypeError('boom'),
        at: new Date(0),
        bytes: Buffer.from('abc'),
      }),
    ).toEqual({
      map: { a: 1 },
      set: [1],
      failure: { type: 'TypeError', message: 'boom' },
      at: '1970-01-01T00:00:00.000Z',
      bytes: '[Buffer 3]',
    })
  })

  it('writes one parseable line whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.anything({ withBigInt: true, withDate: true })),
        (event, attrs) => {
          const before = harness.text().length
          getLogger('m').info(event, attrs)
          expect(harness.lines()).toHaveLength(before + 1)
        },
      ),
      { numRuns: 300 },
    )
    expect(harness.runtime.failed).toBe(0)
  })

  it('is shown the attributes as they are at the call, not later', () => {
    const attrs = { list: [1] }
    getLogger('m').info('e', attrs)
    attrs.list.push(2)
    expect(harness.lines()[0]).toMatchObject({ list: [1] })
  })

  it('is written where a proxy hides its prototype, and where a getter throws what cannot be told', () => {
    const proxy = new Proxy(
      {},
      {
        getPrototypeOf() {
          throw new Error('trap')
        },
      },
    )
    expect(logged(proxy)).toEqual({})
    expect(logged({ error: proxy, a: 1 })).toEqual({ error: '[Threw: trap]', a: 1 })
    const attrs = {
      get a(): never {
        throw Object.create(null)
      },
      b: 1,
    }
    expect(logged(attrs)).toEqual({ a: '[Threw]', b: 1 })
  })

  it('leaves out what somebody has put on the prototype of all objects', () => {
    const prototype = Object.prototype as { polluted?: string }
    prototype.polluted = 'yes'
    try {
      getLogger('m').info('e', { a: 1, nested: { b: 2 } })
    } finally {
      delete prototype.polluted
    }
    expect(harness.lines()).toEqual([expect.not.objectContaining({ polluted: 'yes' })])
    expect(harness.lines()[0]).toMatchObject({ a: 1, nested: { b: 2 } })
  })

  it('calls no toJSON that is hidden in the attributes themselves', () => {
    const attrs = Object.defineProperty({ a: 1 }, 'toJSON', { value: () => 'torn' })
    expect(logged(attrs)).toEqual({ a: 1 })
  })

  it('looks at no more of a set than it keeps', () => {
    let seen = 0
    class Counted extends Set<number> {
      override *[Symbol.iterator](): SetIterator<number> {
        for (; seen < 10_000; seen++) yield seen
      }
    }
    logged({ set: new Counted() })
    expect(seen).toBeLessThan(1_000)
  })

  it('bounds what an error says, and its stack', () => {
    const attrs = logged(new Error('x'.repeat(1_000_000)))
    expect(JSON.stringify(attrs).length).toBeLessThan(40_000)
    expect(attrs['exception.message']).toMatch(/…\[truncated 983616 chars\]$/)
  })

  it('reads an error whose cause is a circle', () => {
    const cause: Record<string, unknown> = {}
    cause['self'] = cause
    expect(logged(new TypeError('boom', { cause }))).toMatchObject({
      'exception.type': 'TypeError',
      'exception.message': 'boom',
      'exception.stacktrace': expect.stringMatching(/Caused by: {"self":"\[Circular\]"}$/),
    })
  })

  it('ends where a getter or toJSON logs its own object', () => {
    let calls = 0
    const attrs = {
      get a() {
        calls++
        getLogger('m').info('again', attrs)
        return 1
      },
      nested: { toJSON: () => getLogger('m').info('again', attrs) },
    }
    getLogger('m').info('e', attrs)
    expect(calls).toBeLessThan(500)
    expect(harness.lines()).toContainEqual({ level: 'info', event: 'e', logger: 'm', a: 1 })
  })

  it('writes a key once, however many keys there were before', () => {
    for (let i = 0; i < 2_100; i++) getLogger('m').info('e', { [`key${i}`]: i })
    runWithContext({ late: 1 }, () => getLogger('m').info('e', { late: 2 }))
    expect(harness.text().at(-1)).toMatch(/"logger":"m","late":2}$/)
  })
})
