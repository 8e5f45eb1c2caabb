/** A part of a distribution: so many values between two limits, in milliseconds. */
export interface Bin {
  readonly low: number
  readonly high: number
  readonly count: number
}

/** The value that `share` of all values do not exceed; within a bin they are taken to be spread evenly. */
export function quantile(bins: readonly Bin[], share: number): number | null {
  const sorted = [...bins].toSorted((a, b) => a.high - b.high || a.low - b.low)
  const total = sorted.reduce((sum, { count }) => sum + count, 0)
  if (total <= 0) return null
  let left = share * total
  for (const { low, high, count } of sorted) {
    if (left <= count) return low + (high - low) * (count === 0 ? 0 : left / count)
    left -= count
  }
  return sorted.at(-1)?.high ?? null
}
