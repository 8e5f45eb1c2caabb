import { anchorOf, type Entry } from '../record/entry.js'
import { jobKey, unitKind } from './kinds.js'
import { type SpanIndex } from './span-index.js'
import { makeUnit, type Unit } from './unit.js'

/** An unknown span may begin a little after its first line: clocks of one process are read at different times. */
const SLACK_MS = 2

/** Finds the unit that each record belongs to, and makes those that no span tells of. */
export class Homes {
  readonly units: Unit[] = []
  readonly #byRecord = new Map<Entry, Unit>()
  readonly #pending = new Map<string, Unit>()
  /** Those of spans that have not arrived, by their ids. */
  readonly #missing = new Map<string, Unit>()
  readonly #attempts = new Map<string, Unit>()
  readonly #connections = new Map<string, Unit>()
  /** Those that have a span, by service, and by service and trace; in the order of their start. */
  readonly #natural = new Map<string, Unit[]>()

  /** `sorted` by time. */
  constructor(
    sorted: readonly Entry[],
    private readonly spans: SpanIndex,
  ) {
    for (const entry of sorted) if (entry.signal === 'traces') this.#addNatural(entry)
    // Lines know the work that they are of, and so tell what the span is that has not arrived.
    for (const entry of sorted) if (entry.signal === 'logs') this.of(entry)
    for (const entry of sorted) {
      if (this.#byRecord.get(entry)?.span === entry) continue
      const unit = this.of(entry)
      if (unit.span !== entry) unit.members.push(entry)
    }
  }

  /** The unit of a record: that of the nearest span above it that is one. */
  of(entry: Entry): Unit {
    const path: Entry[] = []
    const seen = new Set<Entry>()
    let current = entry
    let unit = this.#byRecord.get(current)
    while (unit === undefined) {
      path.push(current)
      seen.add(current)
      const above = this.spans.above(current)
      if (above === undefined) unit = this.#atTop(current)
      // Spans that are each other's ancestors: the first of them has to do.
      else if (seen.has(above)) unit = this.#make('out', current)
      else unit = this.#byRecord.get((current = above))
    }
    for (const part of path) this.#byRecord.set(part, unit)
    return unit
  }

  #addNatural(entry: Entry): void {
    const kind = unitKind(entry)
    if (kind === undefined) return
    const unit = this.#make(kind, entry)
    const { attempt, connection, role } = entry.facts
    const job = jobKey(entry)
    if (job !== undefined) setIfNew(this.#attempts, attemptKey(job, attempt), unit)
    if (connection !== undefined && role === 'server') setIfNew(this.#connections, connection, unit)
    for (const key of [unit.service, traceKey(entry)]) {
      const others = this.#natural.get(key)
      if (others === undefined) this.#natural.set(key, [unit])
      else others.push(unit)
    }
  }

  #make(kind: Unit['kind'], span: Entry): Unit {
    const unit = makeUnit(kind, span, span)
    this.units.push(unit)
    this.#byRecord.set(span, unit)
    return unit
  }

  /** Nothing is known above this record: it is a root, or what it hangs on has not arrived. */
  #atTop(entry: Entry): Unit {
    if (entry.signal === 'traces' && anchorOf(entry) === '') return this.#make('out', entry)
    const anchor = anchorOf(entry)
    const missing = anchor === '' ? undefined : `${anchor}${entry.traceId}`
    const unit =
      this.#ofWork(entry) ??
      (missing === undefined ? undefined : this.#missing.get(missing)) ??
      this.#around(entry) ??
      this.#pendingOf(entry, traceKey(entry), undefined)
    if (missing !== undefined) setIfNew(this.#missing, missing, unit)
    return unit
  }

  #ofWork(entry: Entry): Unit | undefined {
    if (entry.signal === 'traces') return undefined
    const { attempt, connection } = entry.facts
    const job = jobKey(entry)
    if (job !== undefined && attempt !== undefined) {
      const key = attemptKey(job, attempt)
      return this.#attempts.get(key) ?? this.#pendingOf(entry, `job ${key}`, 'job')
    }
    if (connection === undefined) return undefined
    return this.#connections.get(connection) ?? this.#pendingOf(entry, `ws ${connection}`, 'ws')
  }

  /** The unit of the same service, and of the same trace where there is one, that began last before it. */
  #around(entry: Entry): Unit | undefined {
    const units = this.#natural.get(entry.traceId === '' ? entry.origin.service : traceKey(entry)) ?? []
    let low = 0
    let high = units.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((units[middle]?.start ?? 0) <= entry.time + SLACK_MS) low = middle + 1
      else high = middle
    }
    return units[low - 1]
  }

  #pendingOf(entry: Entry, key: string, kind: Unit['kind'] | undefined): Unit {
    const known = this.#pending.get(key)
    if (known !== undefined) return known
    const unit = makeUnit(kind ?? (entry.group?.kind === 'request' ? 'http' : 'out'), entry, undefined)
    this.#pending.set(key, unit)
    this.units.push(unit)
    return unit
  }
}

function attemptKey(job: string, attempt: number | undefined): string {
  return `${attempt ?? ''} ${job}`
}

function traceKey({ traceId, origin }: Entry): string {
  return `trace ${traceId} ${origin.service}`
}

function setIfNew(map: Map<string, Unit>, key: string, unit: Unit): void {
  if (!map.has(key)) map.set(key, unit)
}
