import { describe, expect, it } from '@jest/globals'
import { bareId, term, termsOf, withoutTerm } from '../../src/page/list/filter-terms.js'

describe('termsOf', () => {
  it('keeps what stands in quotes together', () => {
    expect(termsOf('user:42  event:"job failed" "two words" plain')).toEqual([
      'user:42',
      'event:"job failed"',
      '"two words"',
      'plain',
    ])
  })

  it('takes a quote that is still open to the end', () => {
    expect(termsOf('event:"job fai')).toEqual(['event:"job fai'])
  })
})

describe('withoutTerm', () => {
  it('leaves one of two equal terms', () => {
    expect(withoutTerm('a b a', 0)).toBe('b a')
  })
})

describe('term', () => {
  it('quotes only where it has to', () => {
    expect([term('user', '42'), term('event', 'job failed'), term('event', 'a"b')]).toEqual([
      'user:42',
      'event:"job failed"',
      'event:"a\\"b"',
    ])
  })

  it('makes what termsOf reads as one term', () => {
    expect(termsOf(term('event', 'says "no" to\tall'))).toHaveLength(1)
  })
})

describe('bareId', () => {
  it('is the only term', () => {
    expect([bareId(' pick-ember '), bareId('a b'), bareId('')]).toEqual(['pick-ember', undefined, undefined])
  })
})
