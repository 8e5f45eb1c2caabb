/** A part of a distribution: so many values between two limits, in milliseconds. */
export interface Bin {
  readonly low: number
  readonly high: number
  readonly count: number
}

/** What begins or ends at a limit: values that are the limit itself, and how many there are for each millisecond after it. */
interface Edge {
  readonly at: number
  readonly values: number
  readonly density: number
}

/** The value that `share` of all values do not exceed; within a bin they are taken to be spread evenly. */
export function quantile(bins: readonly Bin[], share: number): number | null {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  if (total <= 0) return null
  // Bins of several distributions overlap: they are gone through together, from limit to limit.
  const edges = bins.flatMap(edgesOf).toSorted((a, b) => a.at - b.at)
  let left = share * total
  let density = 0
  let from = edges[0]?.at ?? 0
  for (const edge of edges) {
    const within = density * (edge.at - from)
    if (within > 0 && left <= within) return from + left / density
    left -= within + edge.values
    from = edge.at
    density += edge.density
    if (left <= 0) return from
  }
  return from
}

function edgesOf({ low, high, count }: Bin): Edge[] {
  if (count === 0) return []
  if (high <= low) return [{ at: low, values: count, density: 0 }]
  const density = count / (high - low)
  return [
    { at: low, values: 0, density },
    { at: high, values: 0, density: -density },
  ]
}
