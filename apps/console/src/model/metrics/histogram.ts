import { type Metric } from '@throughline/otlp'
import { type Bin } from './buckets.js'

type DataOf<C extends Metric['data']['case']> = Extract<Metric['data'], { case: C }>
type HistogramPoint = DataOf<'histogram'> extends { value: { dataPoints: (infer P)[] } } ? P : never
type ExponentialPoint =
  DataOf<'exponentialHistogram'> extends { value: { dataPoints: (infer P)[] } } ? P : never
export type DistributionPoint = HistogramPoint | ExponentialPoint

/** How often each bucket was hit, and which buckets these are. */
export interface Buckets {
  /** The limits of explicit buckets; absent for exponential ones. */
  readonly bounds?: readonly number[]
  /** Of exponential ones; each step down halves their number. */
  readonly scale: number
  readonly counts: ReadonlyMap<number, number>
}

/** More than any SDK makes (160), and few enough to add up often. */
const MAX_BUCKETS = 2000
const ZERO = Number.MIN_SAFE_INTEGER

/** Undefined where there are too many buckets, or not as many as limits ask for. */
export function bucketsOf(point: DistributionPoint): Buckets | undefined {
  if ('explicitBounds' in point) {
    const { explicitBounds, bucketCounts } = point
    if (bucketCounts.length > MAX_BUCKETS || bucketCounts.length !== explicitBounds.length + 1)
      return undefined
    return { bounds: explicitBounds, scale: 0, counts: countsOf(bucketCounts, 0) }
  }
  const { positive, scale, zeroCount } = point
  const buckets = positive?.bucketCounts ?? []
  if (buckets.length > MAX_BUCKETS || scale < -20 || scale > 30) return undefined
  const counts = countsOf(buckets, positive?.offset ?? 0)
  if (zeroCount > 0n) counts.set(ZERO, Number(zeroCount))
  return { scale, counts }
}

function countsOf(counts: readonly bigint[], offset: number): Map<number, number> {
  const map = new Map<number, number>()
  counts.forEach((count, index) => {
    if (count > 0n) map.set(offset + index, Number(count))
  })
  return map
}

/** What came since `former`; undefined where the two do not belong together, as after a restart. */
export function since(former: Buckets, latter: Buckets): Buckets | undefined {
  const base = comparable(former, latter)
  if (base === undefined) return undefined
  const counts = new Map<number, number>()
  for (const [index, count] of latter.counts) {
    const added = count - (base.get(index) ?? 0)
    if (added < 0) return undefined
    if (added > 0) counts.set(index, added)
  }
  for (const index of base.keys()) if (!latter.counts.has(index)) return undefined
  return { ...latter, counts }
}

/** The former counts in the buckets of the latter; an exponential histogram halves its buckets when values spread. */
function comparable(former: Buckets, latter: Buckets): ReadonlyMap<number, number> | undefined {
  if (former.bounds !== undefined || latter.bounds !== undefined) {
    return former.bounds?.join() === latter.bounds?.join() ? former.counts : undefined
  }
  const steps = former.scale - latter.scale
  if (steps < 0) return undefined
  if (steps === 0) return former.counts
  const counts = new Map<number, number>()
  for (const [index, count] of former.counts) {
    const target = index === ZERO ? ZERO : Math.floor(index / 2 ** steps)
    counts.set(target, (counts.get(target) ?? 0) + count)
  }
  return counts
}

/** As bins in milliseconds, `perUnit` of them in the unit of the metric. */
export function binsOf({ bounds, scale, counts }: Buckets, perUnit: number): Bin[] {
  const base = 2 ** (2 ** -scale)
  return [...counts].map(([index, count]) => {
    const [low, high] =
      bounds === undefined
        ? index === ZERO
          ? [0, 0]
          : [base ** index, base ** (index + 1)]
        : [bounds[index - 1] ?? 0, bounds[index] ?? bounds.at(-1) ?? 0]
    return { low: finite(low * perUnit), high: finite(high * perUnit), count }
  })
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.MAX_SAFE_INTEGER
}
