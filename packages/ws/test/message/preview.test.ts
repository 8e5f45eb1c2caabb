import { describe, expect, it } from '@jest/globals'
import { previewOf } from '../../src/message/preview.js'

describe('previewOf', () => {
  it.each<[string, unknown, string]>([
    ['a short text', Buffer.from('héllo'), 'héllo'],
    ['an empty text', Buffer.alloc(0), ''],
    ['the first 100 characters', Buffer.from('x'.repeat(5_000)), 'x'.repeat(100)],
    ['characters of three bytes', Buffer.from('\u20ac'.repeat(200)), '\u20ac'.repeat(100)],
    ['no half of a pair', Buffer.from(`x${'\u{1f600}'.repeat(60)}`), `x${'\u{1f600}'.repeat(49)}`],
    ['a string', 'already text', 'already text'],
  ])('is %s', (_name, data, preview) => {
    expect(previewOf(data, false)).toEqual({ data_preview: preview })
  })

  it.each<[string, unknown, unknown]>([
    ['a binary message', Buffer.from('text'), true],
    ['an ArrayBuffer', new ArrayBuffer(4), false],
    ['a list of fragments', [Buffer.from('a')], false],
    ['nothing', undefined, undefined],
  ])('leaves out %s', (_name, data, isBinary) => {
    expect(previewOf(data, isBinary)).toEqual({})
  })
})
