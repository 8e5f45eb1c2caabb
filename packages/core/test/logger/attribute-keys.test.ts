import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { AttributeKeys } from '../../src/logger/attribute-keys.js'
import { createRedaction } from '../../src/logger/redaction.js'

/** The rule step by step: a run of exactly two underscores with something on both sides is a dot (R7.9). */
function byTheBook(key: string): string {
  const parts = key.split(/(_+)/)
  return parts
    .map((part, at) => (part === '__' && parts[at - 1] !== '' && parts[at + 1] !== '' ? '.' : part))
    .join('')
}

const nameOf = (key: string, dunder = true): string =>
  new AttributeKeys(createRedaction([]), dunder).of(key).name

const anyKey = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('a', '_', '__', '.', 'B', '1', '-', '\n'), maxLength: 60 }),
)

describe('AttributeKeys', () => {
  it('writes any key by the rule, and its own output as it is', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const name = nameOf(key)
        expect(name).toBe(byTheBook(key))
        expect(nameOf(name)).toBe(name)
      }),
      { numRuns: 1_000 },
    )
  })

  it('leaves every key alone when the option is off', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(nameOf(key, false)).toBe(key)
      }),
    )
  })

  it('answers the same for keys it remembers and for those beyond its table', () => {
    const keys = new AttributeKeys(createRedaction(['password']), true)
    for (let i = 0; i < 3_000; i++) keys.of(`key__${i}`)
    for (const key of ['key__1', 'key__2999']) expect(keys.of(key).name).toBe(key.replace('__', '.'))
    expect(keys.of('late__password')).toMatchObject({ name: 'late.password', redacted: true, plain: false })
    expect(keys.of('level').reserved).toBe(true)
  })
})
