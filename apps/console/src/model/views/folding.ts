import { type Entry } from '../record/entry.js'
import { type Unit } from '../units/unit.js'

const KEPT = 50

/** What of a request's connections is not shown: all but the last messages of each. */
export interface Folding {
  readonly units: ReadonlySet<Unit>
  readonly lines: ReadonlySet<Entry>
  readonly messages: number
}

export function foldMessages(ordered: readonly Unit[]): Folding {
  const units = new Set<Unit>()
  const lines = new Set<Entry>()
  let messages = 0
  for (const unit of ordered) {
    if (unit.kind !== 'ws') continue
    const found = [
      ...unit.members.filter(({ facts }) => facts.isMessage).map((line) => ({ line, at: line.time })),
      ...unit.children
        .filter(({ span }) => span?.facts.isMessage)
        .map((child) => ({ child, at: child.start })),
    ].toSorted((a, b) => a.at - b.at)
    for (const message of found.slice(0, Math.max(0, found.length - KEPT))) {
      messages += 1
      if ('line' in message) lines.add(message.line)
      else units.add(message.child)
    }
  }
  // `ordered` has a unit before what it started, so that a folded one takes all below with it.
  for (const unit of ordered) if (unit.parent !== undefined && units.has(unit.parent)) units.add(unit)
  return { units, lines, messages }
}
