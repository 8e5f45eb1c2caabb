import { describe, expect, it } from '@jest/globals'
import { ROOT_CONTEXT } from '@opentelemetry/api'
import { TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace'
import { RatioSampler } from '../../src/tracing/ratio-sampler.js'
import { TraceIds } from '../../src/tracing/trace-ids.js'

/** Ids whose words fold to the ends of the range, and what is no id. */
const EDGES = [
  '00000000000000000000000000000001',
  'ffffffff000000000000000000000000',
  'ffffffffffffffffffffffffffffffff',
  '80000000000000000000000000000000',
  '7fffffff000000000000000000000000',
  'ABCDEF0123456789abcdef0123456789',
  '00000000000000000000000000000000',
  'not an id',
  '',
]

describe('RatioSampler', () => {
  it.each([0, 1e-9, 0.1, 0.5, 0.999999, 1])('says what the SDK says of every trace, at %d', (ratio) => {
    const ids = new TraceIds()
    const official = new TraceIdRatioBasedSampler(ratio)
    const ours = new RatioSampler(ratio)
    const traces = [...EDGES, ...Array.from({ length: 5_000 }, () => ids.newTraceId())]
    const differing = traces.filter(
      (id) =>
        ours.shouldSample(ROOT_CONTEXT, id).decision !== official.shouldSample(ROOT_CONTEXT, id).decision,
    )
    expect(differing).toEqual([])
    expect(String(ours)).toBe(String(official))
  })
})
