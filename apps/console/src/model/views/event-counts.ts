import { type EventList, type EventRow } from '../../shared/api.js'
import { type Entry } from '../record/entry.js'
import { levelName } from '../record/levels.js'

/** Names and levels that are counted apart. */
const MAX_COUNTERS = 5000
const MAX_SERVICES = 20
const SECONDS = 60
const OTHER = '(other events)'
const UNNAMED = '(no event)'

/** How often one event was logged at one level. */
export interface EventCounter {
  readonly event: string
  readonly level: number
  count: number
  lastSeen: number
  readonly services: Map<string, number>
  /** Of each of 60 seconds the count, and which second that is. */
  readonly counts: number[]
  readonly seconds: number[]
}

/** Counts the events in the store, as they come and go. */
export class EventCounts {
  readonly #counters = new Map<string, EventCounter>()

  constructor(private readonly catalogue: ReadonlySet<string> | undefined) {}

  add(entry: Entry): void {
    if (entry.signal !== 'logs') return
    const counter = this.#open(entry.facts.named ? entry.facts.name : UNNAMED, entry.facts.level)
    const { service } = entry.origin
    entry.counter = counter
    counter.count += 1
    counter.lastSeen = Math.max(counter.lastSeen, entry.time)
    const known = counter.services.get(service)
    if (known !== undefined || counter.services.size < MAX_SERVICES) {
      counter.services.set(service, (known ?? 0) + 1)
    }
    tick(counter, Math.floor(entry.time / 1000))
  }

  remove({ counter, origin }: Entry): void {
    if (counter === undefined) return
    counter.count -= 1
    if (counter.count === 0) this.#counters.delete(keyOf(counter.event, counter.level))
    const left = (counter.services.get(origin.service) ?? 1) - 1
    if (left > 0) counter.services.set(origin.service, left)
    else counter.services.delete(origin.service)
  }

  list(now: number): EventList {
    const rows = [...this.#counters.values()].map((counter) => this.#row(counter, now))
    rows.sort((a, b) => b.count - a.count || (a.event < b.event ? -1 : 1))
    return { rows, hasCatalogue: this.catalogue !== undefined, now }
  }

  #row(counter: EventCounter, now: number): EventRow {
    const last = Math.floor(now / 1000)
    const lastMinute = Array.from({ length: SECONDS }, (_, index) => {
      const second = last - SECONDS + 1 + index
      const slot = slotOf(second)
      return counter.seconds[slot] === second ? (counter.counts[slot] ?? 0) : 0
    })
    return {
      event: counter.event,
      level: levelName(counter.level),
      services: [...counter.services.keys()].toSorted(),
      count: counter.count,
      lastMinute,
      lastSeen: counter.lastSeen,
      ...this.#listed(counter.event),
    }
  }

  /** Throughline's own events need not be in anybody's catalogue. */
  #listed(event: string): { listed?: boolean } {
    if (this.catalogue === undefined || event === UNNAMED || event === OTHER) return {}
    return { listed: this.catalogue.has(event) || event.startsWith('throughline.') }
  }

  #open(name: string, level: number): EventCounter {
    const isFull = this.#counters.size >= MAX_COUNTERS
    const event = isFull && !this.#counters.has(keyOf(name, level)) ? OTHER : name
    const key = keyOf(event, level)
    let counter = this.#counters.get(key)
    if (counter === undefined) {
      const empty = (value: number) => Array.from({ length: SECONDS }, () => value)
      counter = {
        event,
        level,
        count: 0,
        lastSeen: 0,
        services: new Map(),
        counts: empty(0),
        seconds: empty(-1),
      }
      this.#counters.set(key, counter)
    }
    return counter
  }
}

function tick(counter: EventCounter, second: number): void {
  const slot = slotOf(second)
  const held = counter.seconds[slot] ?? -1
  if (held > second) return
  if (held < second) counter.counts[slot] = 0
  counter.seconds[slot] = second
  counter.counts[slot] = (counter.counts[slot] ?? 0) + 1
}

function slotOf(second: number): number {
  return ((second % SECONDS) + SECONDS) % SECONDS
}

function keyOf(event: string, level: number): string {
  return `${level} ${event}`
}
