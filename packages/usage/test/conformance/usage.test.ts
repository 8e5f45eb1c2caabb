import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { counted, timed } from '../counts.js'
import { usageCases } from './cases.js'
import { type CaseRun, runCase } from './program.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

/** How long a process takes that does nothing, here and now. */
async function idleMs(): Promise<number> {
  const { tookMs } = await runCase({ id: 'idle', env: {}, calls: [], expected: {} }, receiver.url)
  return tookMs
}

/** Equal adds arrive as one sum. */
function summed(adds: readonly (readonly [number, Record<string, string>])[]): unknown[] {
  const sums = new Map<string, number>()
  for (const [count, attributes] of adds) {
    const key = JSON.stringify(attributes)
    sums.set(key, (sums.get(key) ?? 0) + count)
  }
  return [...sums].map(([key, count]) => [count, JSON.parse(key) as unknown])
}

const total = (points: readonly unknown[]): number =>
  points.reduce<number>((sum, point) => sum + (point as [number])[0], 0)

describe('usage.json', () => {
  it('has all its cases', () => {
    expect(usageCases).toHaveLength(15)
  })

  it.each(usageCases)('$id', async (usageCase) => {
    const { expected } = usageCase
    const run = await runCase(usageCase, receiver.url)
    const { code, signal, stderr, told } = run
    expect({ code, signal, stderr }).toEqual({
      code: expected.exit_code ?? 0,
      signal: null,
      stderr: expected.stderr ?? '',
    })
    expect(told.thrown).toEqual(expected.rethrown === true ? ['of the work'] : [])
    if (expected.otel_loaded !== undefined) expect(told.otelLoaded).toBe(expected.otel_loaded)
    if (expected.open_handles !== undefined) expect(told.openHandles).toBe(expected.open_handles)
    if (expected.network !== undefined) expect(receiver.requests).toHaveLength(expected.network)
    expectPoints(expected)
    if (expected.exit_within_ms !== undefined) await expectInTime(run, expected.exit_within_ms)
  })
})

function expectPoints(expected: (typeof usageCases)[number]['expected']): void {
  const [counts, durations] = [counted(receiver.metricPoints()), timed(receiver.metricPoints())]
  if (expected.adds !== undefined) expect(counts).toEqual(summed(expected.adds))
  if (expected.records !== undefined)
    expect(durations).toEqual(expected.records.map(([, attributes]) => [1, attributes]))
  if (expected.adds_count !== undefined) expect(total(counts)).toBe(expected.adds_count)
  if (expected.records_count !== undefined) expect(total(durations)).toBe(expected.records_count)
  if (expected.collector_points !== undefined) expect(counts).toHaveLength(expected.collector_points)
  if (expected.counter === 'throws') expect(counts).toEqual([])
}

/** Beyond what a process takes on this machine anyway. */
async function expectInTime(run: CaseRun, boundMs: number): Promise<void> {
  expect(run.tookMs - (await idleMs())).toBeLessThan(boundMs)
}
