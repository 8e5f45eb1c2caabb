import { type Hop, type RequestRow } from '../../shared/api.js'
import { makeScale } from '../../shared/scale.js'
import { type Group } from '../join/group.js'
import { FATAL } from '../record/levels.js'
import { rounded } from '../record/time.js'
import { isEnd } from '../units/describe.js'
import { mainOf } from '../units/main-unit.js'
import { type Unit } from '../units/unit.js'
import { type Work, workOf } from '../units/units.js'
import { type Judgement, judge } from './outcome.js'

/** A row of the list shows this many pieces; more would be thinner than a pixel. */
const MAX_HOPS = 100
/** Times are cut to milliseconds by some: what is closer than this to the answer came with it. */
const SAME_MOMENT_MS = 1.5

export function rowOf(group: Group, work: Work = workOf(group.entries)): RequestRow {
  const { units, entries } = work
  const main = mainOf(units)
  // Of what began it, though the clock of another process may put that later than what followed.
  const started = main?.start ?? 0
  const answerMs = answerOf(main)
  const doneMs = rounded(lastOf(work) - started)
  const spans = entries.reduce((count, { signal }) => count + (signal === 'traces' ? 1 : 0), 0)
  const { outcome, retries, failure } = group.kind === 'service' ? judgeLines(work) : judge(work)
  const isAnswer = answerMs !== undefined && doneMs <= answerMs + SAME_MOMENT_MS
  return {
    key: group.key,
    ...defined({ requestId: group.requestId }),
    version: group.version,
    started,
    outcome,
    ...defined({ statusCode: main?.statusCode, failure }),
    retries,
    name: group.kind === 'service' ? 'lines outside of requests' : (main?.name ?? ''),
    kind: main?.kind ?? 'out',
    hops: hopsOf(units),
    ...defined({ userId: entries.find(({ facts }) => facts.userId !== undefined)?.facts.userId }),
    labels: labelsOf(work),
    lines: entries.length - spans,
    spans,
    ...defined({ answerMs, doneMs: isAnswer ? undefined : doneMs }),
    services: [...new Set(entries.map(({ origin }) => origin.service))],
  }
}

/** Of a connection, the answer is that of its upgrade. */
function answerOf(main: Unit | undefined): number | undefined {
  const end = main?.kind === 'ws' && main.span !== undefined ? main.span.end : main?.end
  return main === undefined || end === undefined ? undefined : rounded(end - main.start)
}

/** A line that says that a unit has ended is no work of its own. */
function lastOf({ units, entries }: Work): number {
  let last = 0
  for (const { end } of units) last = Math.max(last, end ?? 0)
  for (const entry of entries) if (!isEnd(entry)) last = Math.max(last, entry.end)
  return last
}

/** What is logged outside of requests fails nothing, but for what ends a process. */
function judgeLines({ entries }: Work): Judgement {
  const isFatal = entries.some(({ facts }) => facts.level >= FATAL)
  return { outcome: isFatal ? 'failed' : 'ok', retries: 0, failure: isFatal ? 'fatal line' : undefined }
}

function hopsOf(units: readonly Unit[]): Hop[] {
  const intervals = units.map((unit) => ({ unit, from: unit.start, to: endOf(unit) }))
  const scale = makeScale(intervals)
  return intervals.slice(0, MAX_HOPS).flatMap(({ unit, from, to }) => {
    const { kind, failed } = unit
    return kind === 'out' ? [] : [{ kind, from: scale.at(from), to: scale.at(to), failed }]
  })
}

/** What is open lasts until the last that is known of it. */
export function endOf({ end, start, members }: Unit): number {
  return end ?? members.reduce((last, member) => Math.max(last, member.end), start)
}

/** The labels of what began it, for a job's or a message's may be others. */
function labelsOf({ units, entries }: Work): readonly string[] {
  const own = mainOf(units)?.span?.facts.labels
  return own ?? entries.find(({ facts }) => facts.labels !== undefined)?.facts.labels ?? []
}

/** Without the keys that have no value, which JSON would leave out as well. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
