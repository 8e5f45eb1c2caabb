import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { runWithContext } from '../../src/context/context.js'
import type { ContextFields } from '../../src/context/fields.js'
import { decodeContext, encodeContext } from '../../src/context/wire.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

beforeEach(() => {
  harness = openRuntime({ LOG_LEVEL: 'debug' })
})

afterEach(() => harness.close())

describe('encodeContext', () => {
  it('writes one RFC 9651 dictionary', () => {
    const fields = { 'request.id': 'abc', 'user.id': 42, labels: ['tournament', 'draft'], 'tournament.id': 5 }
    expect(encodeContext(fields)).toBe(
      'request.id="abc", user.id=42, labels=("tournament" "draft"), tournament.id=5',
    )
  })

  it.each<[string, ContextFields, string]>([
    ['true and false', { a: true, b: false }, 'a, b=?0'],
    ['a decimal of three places', { a: 1.125 }, 'a=1.125'],
    ['a decimal of more places as a string', { a: 0.1234567 }, 'a="0.1234567"'],
    ['an integer of 15 digits', { a: 999_999_999_999_999 }, 'a=999999999999999'],
    ['a longer integer as a string', { a: 1_000_000_000_000_000 }, 'a="1000000000000000"'],
    ['quotes and backslashes', { a: '"\\' }, 'a="\\"\\\\"'],
    ['other characters as a Display String', { a: 'é "%\n' }, 'a=%"%c3%a9 %22%25%0a"'],
    ['an empty list', { labels: [] }, 'labels=()'],
    ['nothing', {}, ''],
  ])('writes %s', (_, fields, header) => {
    expect(encodeContext(fields)).toBe(header)
  })

  it('leaves out a member that cannot be encoded; the rest goes', () => {
    const fields = { Upper: 1, '1digit': 1, é: 1, 'a b': 1, fn: (() => 1) as never, undef: undefined, ok: 1 }
    expect(encodeContext(fields)).toBe('ok=1')
  })

  it('leaves out a member that cannot be read', () => {
    const fields = {
      get a(): never {
        throw new Error('x')
      },
      b: 1,
    }
    expect(encodeContext(fields)).toBe('b=1')
  })

  it('leaves out what would make the header larger than 4 KiB', () => {
    const header = encodeContext({ big: 'x'.repeat(5_000), 'request.id': 'r' })
    expect(header).toBe('request.id="r"')
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`key${i}`, 'value']))
    expect(encodeContext(many).length).toBeLessThanOrEqual(4_096)
  })

  it('takes the current context through the allow-list', () => {
    harness.close()
    const labels = {
      mounts: ['api'],
      rootResources: [],
      resources: [{ segments: ['drafts'], id: ['int' as const] }],
    }
    harness = openRuntime({}, { labels, context: { forward: ['tenant'] } })
    const fields = {
      'request.id': 'r',
      'user.id': 1,
      'draft.id': 2,
      'match.id': 3,
      tenant: 't',
      'job.id': '9',
      x: 1,
    }
    runWithContext(fields, () => {
      expect(encodeContext()).toBe('request.id="r", user.id=1, draft.id=2, tenant="t"')
    })
    harness.close()
    harness = openRuntime({}, { context: { userId: false } })
    runWithContext(fields, () => expect(encodeContext()).toBe('request.id="r"'))
  })
})

describe('decodeContext', () => {
  it('reads back what was written, for every value that a context may hold', () => {
    const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,20}$/)
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !/\p{Cs}/u.test(value))
    const number = fc.oneof(
      fc.integer(),
      fc.integer({ min: -999_999, max: 999_999 }).map((value) => value / 1_000),
    )
    const scalar = fc.oneof(text, number, fc.boolean())
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.oneof(scalar, fc.array(scalar, { maxLength: 4 })), { maxKeys: 6 }),
        (fields) => {
          const normal = Object.fromEntries(
            Object.entries(fields).map(([name, value]) => [name, Object.is(value, -0) ? '0' : value]),
          )
          const plain = JSON.parse(JSON.stringify(normal)) as ContextFields
          expect(decodeContext(encodeContext(plain))).toEqual(plain)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('reads integers beyond 15 digits and finer decimals back as strings', () => {
    const fields = { a: Number.MAX_SAFE_INTEGER, b: 0.1234567 }
    expect(decodeContext(encodeContext(fields))).toEqual({ a: '9007199254740991', b: '0.1234567' })
  })

  it.each([
    ['not a dictionary', '=;='],
    ['an open string', 'a="b'],
    ['control characters', 'a="\u0000"'],
    ['4,097 characters', `a="${'x'.repeat(4_093)}"`],
    ['a number', 5],
    ['an object', { a: 1 }],
    ['null', null],
  ])('gives {} and one debug line for %s', (_, header) => {
    expect(decodeContext(header)).toStrictEqual({})
    expect(harness.lines()).toHaveLength(1)
    expect(harness.lines()[0]).toMatchObject({
      level: 'debug',
      event: 'context_header_refused',
      logger: 'throughline',
    })
  })

  it.each([[undefined], ['']])('gives {} and no line for %p', (header) => {
    expect(decodeContext(header)).toStrictEqual({})
    expect(harness.lines()).toEqual([])
  })

  it('joins a repeated header as RFC 9651 says, the last member winning', () => {
    expect(decodeContext(['a=1, b=2', 'a=3'])).toEqual({ a: 3, b: 2 })
  })

  it('reads tokens and leaves out bytes and dates', () => {
    expect(decodeContext('a=token, b=:AAAA:, d=1;param=2, e=("x" :AAAA:), c=@5')).toEqual({
      a: 'token',
      d: 1,
    })
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(typeof decodeContext(header)).toBe('object')
      }),
    )
  })

  it('never throws for a list of anything', () => {
    expect(decodeContext([Symbol('s')])).toEqual({})
    expect(decodeContext([Object.create(null)])).toEqual({})
  })
})
