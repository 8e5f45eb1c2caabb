import { type Entry } from '../record/entry.js'

/** What filters ask a request for, from all of its records: a search over many visits no record. */
export interface Digest {
  /** All texts, lower-cased. */
  readonly text: string
  /** Of its lines; -1 without any. */
  readonly highestLevel: number
  readonly users: ReadonlySet<string>
  readonly labels: ReadonlySet<string>
  readonly events: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly traces: ReadonlySet<string>
  /** Of the resources of its records, each between line breaks like the rest. */
  readonly origins: ReadonlySet<string>
}

export function digestOf(entries: Iterable<Entry>): Digest {
  const texts: string[] = []
  const users = new Set<string>()
  const labels = new Set<string>()
  const events = new Set<string>()
  const services = new Set<string>()
  const traces = new Set<string>()
  const origins = new Set<string>()
  let highestLevel = -1
  for (const { text, facts, origin, signal, traceId } of entries) {
    texts.push(text)
    if (facts.userId !== undefined) users.add(facts.userId.toLowerCase())
    for (const label of facts.labels ?? []) labels.add(label.toLowerCase())
    services.add(origin.service.toLowerCase())
    if (traceId !== '') traces.add(traceId)
    origins.add(origin.text)
    if (signal === 'traces') continue
    events.add(facts.name.toLowerCase())
    highestLevel = Math.max(highestLevel, facts.level)
  }
  return { text: texts.join(''), highestLevel, users, labels, events, services, traces, origins }
}
