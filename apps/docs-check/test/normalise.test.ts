import { describe, expect, it } from '@jest/globals'
import { countFound, expectedLines, normalise } from '../src/normalise.js'

describe('normalise', () => {
  it.each([
    [
      '{"timestamp":"2026-11-21T10:00:00.000Z","duration_ms":12.5}',
      '{"timestamp":"<timestamp>","duration_ms":0}',
    ],
    ['10:00:00.123 INFO  picked duration_ms=3', '<time> INFO  picked duration_ms=0'],
    ['request.id=2f1c9a52-0d0e-4c5e-9d3e-0a8b6c7d1e2f', 'request.id=<uuid>'],
    ['"exception.stacktrace":"Error: a \\"b\\"\\n at x"', '"exception.stacktrace":"<stack>"'],
    ['"client.address":"::1"', '"client.address":"<loopback>"'],
  ])('takes what differs out of %s', (line, normalised) => {
    expect(normalise(line)).toBe(normalised)
  })
})

describe('expectedLines', () => {
  it('reads JSON lines laid out over several', () => {
    expect(expectedLines({ language: 'json', content: '{ "a": 1,\n  "b": 2 }\n{"c":3}' })).toEqual([
      '{"a":1,"b":2}',
      '{"c":3}',
    ])
  })

  it('leaves out blank lines of text', () => {
    expect(expectedLines({ language: 'text', content: 'a\n\nb\n' })).toEqual(['a', 'b'])
  })
})

describe('countFound', () => {
  it('finds lines in order among others', () => {
    expect(countFound(['a', 'b'], 'x\na\ny\nb\n')).toBe(2)
    expect(countFound(['a', 'b'], 'b\na\n')).toBe(1)
  })
})
