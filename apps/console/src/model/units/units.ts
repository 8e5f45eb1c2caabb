import { byTime, type Entry } from '../record/entry.js'
import { arrange } from './arrange.js'
import { connect } from './connect.js'
import { describe } from './describe.js'
import { Homes } from './homes.js'
import { addWaits, attemptsOf } from './jobs.js'
import { SpanIndex } from './span-index.js'
import { byStart, type Unit } from './unit.js'

/** The records of one request as units of work, in the order in which they are shown. */
export interface Work {
  readonly units: readonly Unit[]
  /** The attempts at each job, in order. */
  readonly jobs: ReadonlyMap<string, readonly Unit[]>
  /** By time. */
  readonly entries: readonly Entry[]
}

/** Says the same whatever the order in which the records arrived. */
export function workOf(records: Iterable<Entry>): Work {
  const entries = [...records].toSorted(byTime)
  const spans = new SpanIndex(entries)
  const homes = new Homes(entries, spans)
  for (const unit of homes.units) describe(unit)
  const units = arrange(connect(homes.units.toSorted(byStart), entries, spans, homes))
  const jobs = attemptsOf(units)
  addWaits(jobs, units)
  return { units, jobs, entries }
}
