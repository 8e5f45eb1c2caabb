import { type MetricPlot } from '../../shared/api.js'
import { rounded } from '../record/time.js'
import { type Axis } from './axis.js'

interface Sample {
  readonly at: number
  readonly name: string
  readonly value: number
}

const MAX_SAMPLES = 20_000
const MAX_SERIES = 8
/** Exporters send once a minute by default: until the next one the last value holds. */
const HOLDS_MS = 90_000

/** Values of the last hour or so that are as they are when they are looked at. */
export class Samples {
  #samples: Sample[] = []

  add(sample: Sample): void {
    this.#samples.push(sample)
    if (this.#samples.length > 1.5 * MAX_SAMPLES) this.#samples = this.#samples.slice(-MAX_SAMPLES)
  }

  /** Of several processes of one service, the largest value. */
  series({ from, to, stepMs, steps }: Axis): MetricPlot['series'] {
    const byName = new Map<string, (number | null)[]>()
    for (const { at, name, value } of this.#samples) {
      if (at <= from - HOLDS_MS || at > to) continue
      let values = byName.get(name)
      if (values === undefined) {
        if (byName.size >= MAX_SERIES) continue
        byName.set(name, (values = Array.from({ length: steps + 1 }, () => null)))
      }
      // The first place is for what was measured before the axis begins.
      const step = Math.max(0, Math.ceil((at - from) / stepMs))
      values[step] = Math.max(values[step] ?? value, value)
    }
    return [...byName]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, values]) => ({ name, values: held(values, Math.floor(HOLDS_MS / stepMs)).slice(1) }))
  }
}

function held(values: readonly (number | null)[], steps: number): (number | null)[] {
  let last: number | null = null
  let age = 0
  return values.map((value) => {
    age = value === null ? age + 1 : 0
    if (value !== null) last = rounded(value)
    return age > steps ? null : last
  })
}
