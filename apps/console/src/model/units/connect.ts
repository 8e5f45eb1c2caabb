import { type Entry } from '../record/entry.js'
import { type Homes } from './homes.js'
import { jobKey } from './kinds.js'
import { type SpanIndex } from './span-index.js'
import { type Unit } from './unit.js'

/** Finds what started each unit. `units` are sorted by start; returns the first one of all. */
export function connect(
  units: readonly Unit[],
  entries: readonly Entry[],
  spans: SpanIndex,
  homes: Homes,
): Unit | undefined {
  const producers = producersByJob(entries)
  for (const unit of units) {
    if (unit.span === undefined || !connectSpan(unit, unit.span, spans, homes)) {
      connectByJob(unit, producers, homes)
    }
  }
  shareParents(units)
  cutCycles(units)
  const main = units.find(({ parent }) => parent === undefined)
  for (const unit of units) {
    if (unit.parent !== undefined || unit === main || main === undefined) continue
    unit.parent = main
    unit.via = unit.traceId !== '' && unit.traceId === main.traceId ? 'child' : 'id'
  }
  for (const unit of units) unit.parent?.children.push(unit)
  return main
}

/** Whether what started it is here, by what its span says. */
function connectSpan(unit: Unit, span: Entry, spans: SpanIndex, homes: Homes): boolean {
  const parent = spans.above(span)
  const above = parent ?? spans.linked(span)
  if (above === undefined) return false
  if (above.facts.role === 'producer') unit.producer = above
  const home = homes.of(above)
  if (home === unit) return true
  unit.parent = home
  unit.via = parent === undefined ? 'link' : 'child'
  return true
}

/** Attempts that only their lines tell of, and those in traces of their own, have the id of the job that was added. */
function connectByJob(unit: Unit, producers: ReadonlyMap<string, Entry>, homes: Homes): void {
  const producer = unit.job === undefined ? undefined : producers.get(unit.job)
  if (producer === undefined) return
  unit.producer = producer
  const home = homes.of(producer)
  if (home === unit) return
  unit.parent = home
  unit.via = unit.traceId !== '' && producer.traceId === unit.traceId ? 'child' : 'id'
}

function producersByJob(entries: readonly Entry[]): Map<string, Entry> {
  const producers = new Map<string, Entry>()
  for (const entry of entries) {
    const job = entry.facts.role === 'producer' ? jobKey(entry) : undefined
    if (job !== undefined && !producers.has(job)) producers.set(job, entry)
  }
  return producers
}

/** Attempts at one job are siblings, also where only some of them know what started them. */
function shareParents(units: readonly Unit[]): void {
  const known = new Map<string, Unit>()
  for (const unit of units) {
    if (unit.job !== undefined && unit.parent !== undefined && !known.has(unit.job)) known.set(unit.job, unit)
  }
  for (const unit of units) {
    if (unit.job === undefined || unit.parent !== undefined) continue
    const sibling = known.get(unit.job)
    unit.parent = sibling?.parent === unit ? undefined : sibling?.parent
    unit.via = unit.parent === undefined ? undefined : sibling?.via
    unit.producer ??= sibling?.producer
  }
}

/** Units that started each other, as forged or duplicate ids have it: the first of them was started by nothing. */
function cutCycles(units: readonly Unit[]): void {
  const checked = new Set<Unit>()
  for (const unit of units) {
    const path = new Set<Unit>()
    let current: Unit | undefined = unit
    while (current !== undefined && !checked.has(current)) {
      if (path.has(current)) {
        cut(current)
        break
      }
      path.add(current)
      current = current.parent
    }
    for (const part of path) checked.add(part)
  }
}

function cut(unit: Unit): void {
  unit.parent = undefined
  unit.via = undefined
}
