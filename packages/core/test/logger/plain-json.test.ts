import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { AttributeKeys } from '../../src/logger/attribute-keys.js'
import { plainValue } from '../../src/logger/attribute-value.js'
import { json } from '../../src/logger/json.js'
import { fieldMembers, plainJson } from '../../src/logger/plain-json.js'
import { createRedaction } from '../../src/logger/redaction.js'

const keys = new AttributeKeys(createRedaction(['password']), true)

describe('plainJson', () => {
  it('writes any value as the careful path does, or leaves it to that', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true })
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), anything), fc.array(anything)), (value) => {
        const text = plainJson(value, keys)
        if (text !== undefined) expect(text).toBe(json(plainValue(value, 'key', keys)))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each<[string, object, string]>([
    [
      'lists and objects',
      { name: 'axe', roles: ['carry', 1, true, null] },
      '{"name":"axe","roles":["carry",1,true,null]}',
    ],
    ['text that needs escapes', ['"\\\n\u0085\u{1f600}'], '["\\"\\\\\\n\\u0085\u{1f600}"]'],
    ['no member that is undefined', { a: undefined, b: -0 }, '{"b":0}'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])('writes %s', (_, value, text) => {
    expect(plainJson(value, keys)).toBe(text)
  })

  it.each<[string, object]>([
    ['a secret', { user: { password: 'x' } }],
    ['a renamed key', { a__b: 1 }],
    ['an instance of a class', [new Date(0)]],
    ['its own idea of JSON', { toJSON: () => 'x' }],
    ['what JSON lacks', [Number.NaN]],
    ['a hole', [1, undefined]],
    ['a long text', ['x'.repeat(1_025)]],
    ['many members', Array.from({ length: 31 }, () => 1)],
    ['depth', { a: { b: { c: {} } } }],
    ['more than it should hold in all', Array.from({ length: 20 }, () => 'x'.repeat(1_000))],
  ])('leaves %s to the careful path', (_, value) => {
    expect(plainJson(value, keys)).toBeUndefined()
  })

  it('leaves everything nested to it where a secret is named by its path', () => {
    const byPath = new AttributeKeys(createRedaction(['card.number']), true)
    expect(plainJson({ number: 1 }, byPath)).toBeUndefined()
  })
})

describe('fieldMembers', () => {
  it('writes fields as JSON.stringify does', () => {
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(value, fc.array(value))), (fields) => {
        expect(JSON.parse(`{${fieldMembers(fields, keys).slice(1)}}`)).toEqual(
          JSON.parse(JSON.stringify(renamed(fields))),
        )
      }),
    )
  })

  function renamed(fields: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(fields).map(([key, value]) => [keys.of(key).name, value]))
  }
})
