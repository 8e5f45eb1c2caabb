import { describe, expect, it } from '@jest/globals'
import { TraceIds } from '../../src/tracing/trace-ids.js'

describe('TraceIds', () => {
  it('makes lower-case hexadecimal ids of the right length, no two alike and none of zeros', () => {
    const ids = new TraceIds()
    const made = new Set<string>()
    for (let i = 0; i < 20_000; i++) {
      const [traceId, spanId] = [ids.generateTraceId(), ids.generateSpanId()]
      expect(traceId).toMatch(/^(?!0{32})[\da-f]{32}$/)
      expect(spanId).toMatch(/^(?!0{16})[\da-f]{16}$/)
      made.add(traceId).add(spanId)
    }
    expect(made.size).toBe(40_000)
  })

  it('gives out a decided trace id once', () => {
    const ids = new TraceIds()
    ids.decided = 'a'.repeat(32)
    expect(ids.generateTraceId()).toBe('a'.repeat(32))
    expect(ids.generateTraceId()).not.toBe('a'.repeat(32))
    ids.decided = 'b'.repeat(32)
    expect(ids.newTraceId()).not.toBe('b'.repeat(32))
  })
})
