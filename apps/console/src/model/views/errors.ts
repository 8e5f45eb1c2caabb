import { type ErrorSummary, type ViewRow } from '../../shared/api.js'
import { ERROR } from '../record/levels.js'
import { type Entry } from '../record/entry.js'
import { jobEnd } from '../units/jobs.js'
import { type Unit } from '../units/unit.js'
import { type Work } from '../units/units.js'

/** A request with more distinct problems than this has one: it is broken. */
const MAX_ERRORS = 20

/** The rows that were made, and of what. */
export interface Rows {
  readonly rows: readonly ViewRow[]
  readonly ofUnit: ReadonlyMap<Unit, number>
  readonly ofEntry: ReadonlyMap<Entry, number>
}

/** One for each unit that something went wrong in, though its span, its parts and its lines may all tell of it. */
export function errorsOf(work: Work, rows: Rows): ErrorSummary[] {
  const found = new Map<string, ErrorSummary>()
  const units = [...work.units].toSorted((a, b) => a.start - b.start)
  for (const unit of units) {
    const row = rowOf(unit, rows)
    if (row === undefined) continue
    const message = messageOf(unit, rows.rows[row])
    // Attempts at a job that fail alike are one problem.
    const key = `${unit.job ?? rows.ofUnit.get(unit)}\n${message}`
    if (found.has(key)) continue
    const sequel = sequelOf(unit, work)
    found.set(key, { where: whereOf(unit), message, ...(sequel === undefined ? {} : { sequel }), row })
  }
  return [...found.values()].slice(0, MAX_ERRORS)
}

/** The row that says most about what went wrong: the line with the error, else the part, else the unit. */
function rowOf(unit: Unit, { ofUnit, ofEntry }: Rows): number | undefined {
  const own = unit.members.filter((entry) => ofEntry.has(entry))
  const line =
    own.findLast(({ facts }) => facts.mark !== undefined && facts.failed) ??
    own.find(({ facts, signal }) => signal === 'logs' && facts.level >= ERROR)
  const told = line ?? (unit.failed && !says(unit) ? own.find(({ facts }) => facts.failed) : undefined)
  if (told !== undefined) return ofEntry.get(told)
  return unit.failed ? ofUnit.get(unit) : undefined
}

function says({ span }: Unit): boolean {
  return span?.facts.errorMessage !== undefined
}

function messageOf(unit: Unit, row: ViewRow | undefined): string {
  if (row?.error !== undefined) return row.error.message
  if (row?.type === 'line') return row.message ?? row.event
  return (
    unit.span?.facts.errorMessage ??
    (unit.statusCode === undefined ? 'failed' : `answered ${unit.statusCode}`)
  )
}

function whereOf({ name, attempt }: Unit): string {
  return attempt === undefined ? name : `${name} attempt ${attempt}`
}

function sequelOf(unit: Unit, { jobs }: Work): string | undefined {
  const attempts = unit.job === undefined ? undefined : jobs.get(unit.job)
  const last = attempts?.at(-1)
  if (attempts === undefined || last === undefined || !unit.failed) return undefined
  const count = last.attempt ?? attempts.length
  const end = jobEnd(attempts)
  if (end === 'ok') return `then succeeded on attempt ${count}`
  if (end === 'gave-up') return count === 1 ? 'gave up after 1 attempt' : `gave up after ${count} attempts`
  if (end === 'waiting') return 'will be tried again'
  return last === unit || last.end !== undefined ? undefined : `attempt ${count} is running`
}
