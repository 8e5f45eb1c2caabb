import { type Entry } from '../record/entry.js'

export type UnitKind = 'http' | 'job' | 'ws' | 'out'

/** A request, an attempt at a job, a socket's connection or message: what happened in one go in one process. */
export interface Unit {
  kind: UnitKind
  /** Undefined for work that only its records tell of. */
  readonly span: Entry | undefined
  readonly service: string
  readonly traceId: string
  /** Its lines and the spans within it, by time. */
  readonly members: Entry[]
  start: number
  /** Undefined: it has not ended, as far as is known. */
  end: number | undefined
  name: string
  hint: string | undefined
  failed: boolean
  statusCode: number | undefined
  /** Tells its job from every other one: ids of jobs are unique in their queue alone. */
  job: string | undefined
  attempt: number | undefined
  attemptsLeft: number | undefined
  /** Put off, not failed. */
  deferred: boolean
  connection: string | undefined
  /** What added the job. */
  producer: Entry | undefined
  parent: Unit | undefined
  via: 'child' | 'link' | 'id' | undefined
  readonly children: Unit[]
  depth: number
  waited: { readonly from: number; readonly reason: 'queue' | 'backoff' | 'delay' } | undefined
}

export function makeUnit(kind: UnitKind, first: Entry, span: Entry | undefined): Unit {
  return {
    kind,
    span,
    service: first.origin.service,
    traceId: first.traceId,
    members: [],
    start: first.time,
    end: undefined,
    name: '',
    hint: undefined,
    failed: false,
    statusCode: undefined,
    job: undefined,
    attempt: undefined,
    attemptsLeft: undefined,
    deferred: false,
    connection: undefined,
    producer: undefined,
    parent: undefined,
    via: undefined,
    children: [],
    depth: 0,
    waited: undefined,
  }
}

/** By start; of one moment, an order that does not depend on how the records arrived. */
export function byStart(a: Unit, b: Unit): number {
  return a.start - b.start || (a.attempt ?? 0) - (b.attempt ?? 0) || compareText(keyOf(a), keyOf(b))
}

function keyOf({ span, traceId, service, job }: Unit): string {
  return `${span?.spanId ?? ''} ${traceId} ${service} ${job ?? ''}`
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
