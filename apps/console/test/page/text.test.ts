import { describe, expect, it } from '@jest/globals'
import { clock, counted, duration, megabytes } from '../../src/page/text/format.js'
import { manyLines, oneLine } from '../../src/page/text/visible.js'
import { valueText } from '../../src/page/text/value.js'

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [0.004, '0.00 ms'],
    [0.423, '0.42 ms'],
    [6.1, '6.1 ms'],
    [99.96, '100 ms'],
    [417.4, '417 ms'],
    [999.7, '1.00 s'],
    [20_000, '20.00 s'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })
})

describe('clock', () => {
  it('has milliseconds', () => {
    expect(clock(new Date(2026, 0, 5, 4, 44, 6, 269).getTime())).toBe('04:44:06.269')
  })

  it('stands a time that is none', () => {
    expect(clock(Number.NaN)).toBe('–')
  })
})

describe('counted', () => {
  it('has one, many and its own plural', () => {
    expect([counted(1, 'line'), counted(1200, 'line'), counted(2, 'retry', 'retries')]).toEqual([
      '1 line',
      '1,200 lines',
      '2 retries',
    ])
  })
})

describe('megabytes', () => {
  it('is precise only where it is small', () => {
    expect([megabytes(1_500_000), megabytes(268_435_456)]).toEqual(['1.4 MB', '256 MB'])
  })
})

describe('oneLine', () => {
  it('shows what would hide, move or reorder text', () => {
    expect(oneLine('a\nb\tc\u202ed\u0007e\u200bf\u2066g')).toBe('a⏎b c[U+202E]d[U+0007]e[U+200B]f[U+2066]g')
  })

  it('leaves markup and other scripts as they are', () => {
    expect(oneLine('<b>שלום</b> 日本 👍🏽')).toBe('<b>שלום</b> 日本 👍🏽')
  })

  it('keeps the joiner inside of an emoji, and shows it elsewhere', () => {
    expect(oneLine('🏳️\u200d🌈 👩🏽\u200d🚀 a\u200db')).toBe('🏳️\u200d🌈 👩🏽\u200d🚀 a[U+200D]b')
  })

  it('says how much it leaves out', () => {
    expect(oneLine('abcdef', 4)).toBe('abcd… (2 more characters)')
  })
})

describe('manyLines', () => {
  it('keeps lines and tabs', () => {
    expect(manyLines('a\r\n\tb\u001b[31m\rc')).toBe('a\n\tb[U+001B][31m[U+000D]c')
  })
})

describe('valueText', () => {
  it('writes plain values bare and all else as JSON', () => {
    expect(['a', 1, true, null, ['a', 1], [{ a: 1 }], { a: [1] }, []].map(valueText)).toEqual([
      'a',
      '1',
      'true',
      'null',
      'a, 1',
      '[{"a":1}]',
      '{"a":[1]}',
      '',
    ])
  })
})
