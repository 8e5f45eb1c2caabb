import { type Entry } from '../record/entry.js'
import { type Facts, type Mark } from '../record/facts.js'
import { jobKey } from './kinds.js'
import { type Unit } from './unit.js'

const ENDS: ReadonlySet<Mark | undefined> = new Set<Mark>([
  'request_completed',
  'request_failed',
  'job_completed',
  'job_failed',
  'job_deferred',
  'ws_disconnected',
])

/** Whether a line says that its unit has ended, and nothing else. */
export function isEnd({ facts }: Entry): boolean {
  return ENDS.has(facts.mark)
}

/** The same of a task; one within a request says nothing of that. */
function isEndOfTask({ facts }: Entry): boolean {
  return facts.mark === 'task_completed' || facts.mark === 'task_failed'
}

/** Fills in what the unit's own records say of it. */
export function describe(unit: Unit): void {
  const lines = unit.members.filter(({ signal }) => signal === 'logs')
  const own = unit.span === undefined ? lines : [unit.span, ...lines]
  const end = lines.findLast(isEnd) ?? lines.findLast(isEndOfTask)
  const first = <K extends keyof Facts>(key: K): Facts[K] | undefined =>
    own.find(({ facts }) => facts[key] !== undefined)?.facts[key]

  if (unit.span === undefined && end !== undefined && isEndOfTask(end)) unit.kind = 'out'
  if (unit.span === undefined) placePending(unit, lines, end)
  else unit.end = unit.span.end
  unit.connection = first('connection')
  if (unit.connection !== undefined && unit.kind === 'out') unit.kind = 'ws'
  if (unit.kind === 'ws') endConnection(unit, lines)
  if (unit.kind === 'job') {
    const bearer = own.find(({ facts }) => facts.jobId !== undefined)
    unit.job = bearer === undefined ? undefined : jobKey(bearer)
    unit.attempt = first('attempt')
    unit.attemptsLeft = own.findLast(({ facts }) => facts.attemptsLeft !== undefined)?.facts.attemptsLeft
    unit.deferred = isDeferred(unit, end)
  }
  unit.statusCode = unit.kind === 'http' || unit.kind === 'ws' ? statusOf(unit.span, end) : undefined
  unit.failed = own.some((entry) => endsBadly(unit, entry)) || (unit.statusCode ?? 0) >= 500
  unit.name = nameOf(unit, lines, first)
  unit.hint = unit.kind === 'job' ? first('queue') : undefined
}

/** Where only lines tell of it, a job that was put off goes on as the same attempt: its last end counts. */
function isDeferred({ span }: Unit, end: Entry | undefined): boolean {
  return (span ?? end)?.facts.deferred === true
}

function placePending(unit: Unit, lines: readonly Entry[], end: Entry | undefined): void {
  for (const { time } of unit.members) unit.start = Math.min(unit.start, time)
  if (end?.facts.durationMs !== undefined) {
    unit.start = Math.min(unit.start, end.time - Math.max(0, end.facts.durationMs))
  }
  const isWork = unit.kind === 'http' || unit.kind === 'job'
  const hasSpans = lines.length < unit.members.length
  // Whoever does not say when work ends: it is over with its last record, or it would never be.
  const saysEnd = lines.some(({ origin }) => origin.saysEnd) || hasSpans
  if (end !== undefined) unit.end = end.time
  else if (!isWork || !saysEnd) unit.end = Math.max(...boundedEnds(unit.members))
}

/** Of many, the last by start is as good: `Math.max` takes only so many arguments. */
function boundedEnds(members: readonly Entry[]): number[] {
  return members.slice(-1000).map(({ end }) => end)
}

/** The span of a connection is that of its upgrade; the connection goes on. */
function endConnection(unit: Unit, lines: readonly Entry[]): void {
  const closed = lines.findLast(({ facts }) => facts.mark === 'ws_disconnected')
  if (closed !== undefined) unit.end = closed.time
  else if (lines.some(({ facts }) => facts.mark === 'ws_connected')) unit.end = undefined
}

function statusOf(span: Entry | undefined, end: Entry | undefined): number | undefined {
  return span?.facts.statusCode ?? end?.facts.statusCode
}

function endsBadly(unit: Unit, { facts, signal }: Entry): boolean {
  if (!facts.failed) return false
  if (signal === 'traces') return true
  if (facts.mark === 'ws_error') return unit.kind === 'ws'
  if (facts.mark === 'task_failed') return unit.kind === 'out'
  return (facts.mark === 'job_failed') === (unit.kind === 'job')
}

function nameOf(
  unit: Unit,
  lines: readonly Entry[],
  first: <K extends keyof Facts>(key: K) => Facts[K] | undefined,
): string {
  const { span, kind } = unit
  if (kind === 'job') return first('jobName') ?? span?.facts.name ?? first('jobId') ?? 'job'
  if ((kind === 'http' || kind === 'ws') && span?.facts.isMessage !== true) {
    const from = [span, ...lines].find((entry) => entry?.facts.method !== undefined)?.facts
    if (from?.path !== undefined) return `${from.method} ${from.path}`
  }
  return span?.facts.name ?? lines[0]?.facts.name ?? unit.members[0]?.facts.name ?? ''
}
