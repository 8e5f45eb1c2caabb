import { describe, expect, it } from '@jest/globals'
import { countRecords } from '../src/otlp-count.mjs'

/** A field of protobuf that holds bytes. */
const field = (number: number, ...contents: number[][]): number[] => {
  const content = contents.flat()
  return [(number << 3) | 2, content.length, ...content]
}

describe('countRecords', () => {
  it('counts the spans of all scopes of all resources, and nothing else', () => {
    const span = field(2, field(1, [1, 2, 3]))
    const scope = field(2, field(1, [7]), span, span)
    const resource = field(1, field(1, [9, 9]), scope, scope)
    expect(countRecords(Buffer.from([...resource, ...resource]))).toBe(8)
  })

  it('passes over numbers of every kind', () => {
    const record = [...field(2, []), 0x08, 0x96, 0x01, 0x09, 0, 0, 0, 0, 0, 0, 0, 0, 0x0d, 0, 0, 0, 0]
    expect(countRecords(Buffer.from(field(1, field(2, record))))).toBe(1)
  })
})
