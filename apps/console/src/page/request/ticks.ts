import type { Scale, ScaleSegment } from '../../shared/scale.js'
import { duration } from '../text/format.js'

export interface Tick {
  /** From 0 to 1 of the axis. */
  readonly at: number
  readonly label: string
  readonly isGap: boolean
}

/** Room for one label, in pixels. */
const LABEL = 64
const STEPS = [1, 2, 5]
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** From ten seconds on a clock's numbers are the round ones. */
const CLOCK_STEPS = [
  10_000,
  15_000,
  30_000,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
]

/** Labels for an axis that is so many pixels wide: the gaps' true lengths first, then round times where there is room. */
export function ticksOf({ segments }: Scale, width: number): Tick[] {
  const ticks: Tick[] = [{ at: 0, label: '0', isGap: false }]
  const isFree = (at: number) => ticks.every((tick) => Math.abs(tick.at - at) * width >= LABEL)
  for (const segment of segments) {
    const at = (segment.start + segment.end) / 2
    if (segment.gap && isFree(at))
      ticks.push({ at, label: `⋯ ${short(segment.to - segment.from)}`, isGap: true })
  }
  for (const segment of segments) {
    if (segment.gap) continue
    for (const time of roundTimes(segment, width)) {
      const at =
        segment.start + ((time - segment.from) / (segment.to - segment.from)) * (segment.end - segment.start)
      if (isFree(at) && at * width <= width - LABEL / 3) ticks.push({ at, label: short(time), isGap: false })
    }
  }
  return ticks.toSorted((a, b) => a.at - b.at)
}

function roundTimes({ from, to, start, end }: ScaleSegment, width: number): number[] {
  const pixels = (end - start) * width
  if (to <= from || pixels <= 0) return []
  const step = roundUp(((to - from) / pixels) * LABEL)
  const times: number[] = []
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) if (time > 0) times.push(time)
  return times
}

function roundUp(value: number): number {
  const ofClock = value > 5_000 ? CLOCK_STEPS.find((step) => step >= value) : undefined
  if (ofClock !== undefined) return ofClock
  const power = 10 ** Math.floor(Math.log10(value))
  return power * (STEPS.find((step) => step * power >= value) ?? 10)
}

/** A round time without the decimals that a measured one has. */
function short(ms: number): string {
  if (ms >= 1 && ms < 1000) return `${Number(ms.toFixed(ms < 10 ? 1 : 0))} ms`
  if (ms >= 1000 && ms < 60_000) return `${Number((ms / 1000).toFixed(2))} s`
  if (ms < 1) return `${Number(ms.toPrecision(2))} ms`
  return duration(ms)
}
