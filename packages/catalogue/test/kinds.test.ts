import { describe, expect, it } from '@jest/globals'
import { formatKinds, parseKinds } from '../src/kinds.js'

describe('parseKinds', () => {
  it.each([
    ['number', ['number'], false],
    ['string[]?', ['string[]'], true],
    ['string | number | string', ['number', 'string'], false],
    ['json | unknown?', ['json', 'unknown'], true],
  ])('reads %s', (text, names, optional) => {
    expect(parseKinds(text)).toEqual({ names, optional })
  })

  it.each(['', '?', 'text', 'number|string', 'number ', 'number | ', 'Number', 'number??'])(
    'refuses %j',
    (text) => {
      expect(parseKinds(text)).toBeUndefined()
    },
  )
})

describe('formatKinds', () => {
  it('sorts, and names each kind once', () => {
    expect(formatKinds({ names: ['string', 'number', 'string'], optional: true })).toBe('number | string?')
  })
})
