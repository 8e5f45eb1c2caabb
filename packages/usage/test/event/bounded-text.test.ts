import { describe, expect, it } from '@jest/globals'
import { boundedText } from '../../src/event/bounded-text.js'

describe('boundedText', () => {
  it.each([
    ['ls', 'ls'],
    ['', ''],
    [200, '200'],
    [0.5, '0.5'],
    [true, 'true'],
  ])('writes %j as %j', (value, text) => {
    expect(boundedText(value)).toBe(text)
  })

  it.each([
    undefined,
    null,
    Number.NaN,
    Infinity,
    {},
    [],
    5n,
    Symbol('s'),
    () => 'x',
    new Error('secret'),
    new Date(0),
  ])('leaves out %p', (value) => {
    expect(boundedText(value)).toBeUndefined()
  })

  it('does not ask objects what they would like to be called', () => {
    expect(boundedText({ toString: () => 'secret', [Symbol.toPrimitive]: () => 'secret' })).toBeUndefined()
  })

  it('cuts after 256 characters, 10 MB of them too', () => {
    expect(boundedText('x'.repeat(10 * 1024 * 1024))).toBe('x'.repeat(256))
    expect(boundedText('x'.repeat(256))).toHaveLength(256)
  })

  it('does not cut a surrogate pair in two', () => {
    expect(boundedText(`${'x'.repeat(255)}😀`)).toBe('x'.repeat(255))
    expect(boundedText(`${'x'.repeat(254)}😀!`)).toBe(`${'x'.repeat(254)}😀`)
  })
})
