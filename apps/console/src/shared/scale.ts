/** A stretch of time in which something happened; milliseconds on any clock. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** A piece of the axis: the time `from` to `to` is drawn from `start` to `end`, which are 0 to 1 of its width. */
export interface ScaleSegment extends Interval {
  readonly start: number
  readonly end: number
  /** Nothing happened, and it is drawn shorter than it was. */
  readonly gap: boolean
}

export interface Scale {
  readonly segments: readonly ScaleSegment[]
  /** Where a moment is on the axis, from 0 to 1. */
  at(time: number): number
}

export interface ScaleOptions {
  /** False draws every stretch at its true length. */
  readonly squeeze?: boolean
  /** The most that all gaps together take of the axis. */
  readonly gapShare?: number
  /** The most that one gap takes. */
  readonly oneGapShare?: number
}

/** Idle stretches under this share of the whole are left as they are: cutting them would be noise. */
const NOTICEABLE = 0.02

/**
 * An axis that is linear piece by piece: where nothing happened for long, it is shortened.
 *
 * @example
 * makeScale([{ from: 0, to: 100 }, { from: 900, to: 1000 }]).at(900) // 0.56: the gap takes 12 % instead of 80 %
 */
export function makeScale(intervals: readonly Interval[], options: ScaleOptions = {}): Scale {
  const busy = merged(intervals)
  const first = busy[0]
  const last = busy.at(-1)
  if (first === undefined || last === undefined) return { segments: [], at: () => 0 }
  const whole = { from: first.from, to: last.to }
  const segments = placed(whole, options.squeeze === false ? [] : squeezed(busy, whole, options))
  return { segments, at: (time) => positionOf(segments, time) }
}

function merged(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to))
    .map(({ from, to }) => ({ from, to: Math.max(from, to) }))
    .toSorted((a, b) => a.from - b.from)
  const result: { from: number; to: number }[] = []
  for (const interval of sorted) {
    const last = result.at(-1)
    if (last !== undefined && interval.from <= last.to) last.to = Math.max(last.to, interval.to)
    else result.push({ ...interval })
  }
  return result
}

interface Gap extends Interval {
  readonly share: number
}

function squeezed(
  busy: readonly Interval[],
  whole: Interval,
  { gapShare = 0.4, oneGapShare = 0.12 }: ScaleOptions,
): Gap[] {
  const total = whole.to - whole.from
  const idle = busy.slice(1).map(({ from }, index) => ({ from: busy[index]?.to ?? from, to: from }))
  const gaps = idle.filter(({ from, to }) => (to - from) / total > NOTICEABLE)
  const busyLength = busy.reduce((sum, { from, to }) => sum + to - from, 0)
  const trueShare = gaps.reduce((sum, { from, to }) => sum + (to - from) / total, 0)
  // Between points alone there is nothing that the room could be given to.
  if (busyLength === 0) return []
  const long = gaps.some(({ from, to }) => (to - from) / total > oneGapShare)
  if (!long && trueShare <= gapShare) return []
  const shares = gaps.map(({ from, to }) => Math.min((to - from) / total, oneGapShare))
  const factor = Math.min(1, gapShare / shares.reduce((sum, share) => sum + share, 0))
  return gaps.map((gap, index) => ({ ...gap, share: (shares[index] ?? 0) * factor }))
}

function placed(whole: Interval, gaps: readonly Gap[]): ScaleSegment[] {
  const cut = gaps.reduce((sum, { from, to }) => sum + to - from, 0)
  const room = 1 - gaps.reduce((sum, { share }) => sum + share, 0)
  const perMs = whole.to === whole.from ? 0 : room / (whole.to - whole.from - cut)
  const segments: ScaleSegment[] = []
  let start = 0
  let from = whole.from
  const push = (to: number, end: number, gap: boolean): void => {
    segments.push({ from, to, start, end, gap })
    start = end
    from = to
  }
  for (const gap of gaps) {
    push(gap.from, start + (gap.from - from) * perMs, false)
    push(gap.to, start + gap.share, true)
  }
  push(whole.to, whole.to === whole.from ? 0 : 1, false)
  return segments
}

function positionOf(segments: readonly ScaleSegment[], time: number): number {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle]?.to ?? 0) < time) low = middle + 1
    else high = middle
  }
  const segment = segments[low]
  if (segment === undefined || segment.to === segment.from) return segment?.start ?? 0
  const share = (time - segment.from) / (segment.to - segment.from)
  return segment.start + Math.min(1, Math.max(0, share)) * (segment.end - segment.start)
}
