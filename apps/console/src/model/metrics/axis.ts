/** The moments of a plot: each is the end of a step. */
export interface Axis {
  readonly from: number
  readonly to: number
  readonly stepMs: number
  readonly steps: number
}

const STEPS_S = [5, 10, 15, 30, 60]
const MAX_STEPS = 120
const MAX_MINUTES = 60

/** The last `minutes`, in steps that begin at whole multiples, so that a later view has the same ones. */
export function axisOf(minutes: number, now: number): Axis {
  const seconds = Math.min(MAX_MINUTES, Math.max(1, Number.isFinite(minutes) ? minutes : 1)) * 60
  const stepMs = (STEPS_S.find((step) => seconds / step <= MAX_STEPS) ?? 60) * 1000
  const steps = Math.ceil((seconds * 1000) / stepMs)
  const to = Math.ceil(now / stepMs) * stepMs
  return { from: to - steps * stepMs, to, stepMs, steps }
}

/** The ends of the steps, in seconds. */
export function timesOf({ from, stepMs, steps }: Axis): number[] {
  return Array.from({ length: steps }, (_, index) => (from + (index + 1) * stepMs) / 1000)
}

/** The steps that a stretch of time touches, each with the share of the stretch that is in it. */
export function* sharesOf(axis: Axis, from: number, to: number): Generator<{ step: number; share: number }> {
  const first = Math.max(0, Math.floor((from - axis.from) / axis.stepMs))
  const last = Math.min(axis.steps - 1, Math.ceil((to - axis.from) / axis.stepMs) - 1)
  for (let step = first; step <= last; step += 1) {
    const start = axis.from + step * axis.stepMs
    const overlap = Math.min(to, start + axis.stepMs) - Math.max(from, start)
    if (overlap > 0) yield { step, share: overlap / (to - from) }
  }
}
