import { type Bin } from './buckets.js'

/** How often something was done between two moments, and how long it took. */
export interface Measurement {
  readonly from: number
  readonly to: number
  /** What the rate is told apart by: "2xx", "error". */
  readonly name: string
  readonly bins: readonly Bin[]
}

/** About an hour of 50 series that are exported every ten seconds. */
const MAX_MEASUREMENTS = 20_000

/** The durations of one kind of work, of the last hour or so. */
export class Durations {
  #measurements: Measurement[] = []

  add(measurement: Measurement): void {
    this.#measurements.push(measurement)
    if (this.#measurements.length > 1.5 * MAX_MEASUREMENTS) {
      this.#measurements = this.#measurements.slice(-MAX_MEASUREMENTS)
    }
  }

  between(from: number, to: number): Measurement[] {
    return this.#measurements.filter((one) => one.to > from && one.from < to)
  }
}
