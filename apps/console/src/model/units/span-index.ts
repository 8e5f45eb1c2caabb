import { anchorOf, type Entry } from '../record/entry.js'

/** The spans of one request, found by their ids. */
export class SpanIndex {
  readonly #spans = new Map<string, Entry>()

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) {
      const key = keyOf(entry.traceId, entry.spanId)
      if (entry.signal === 'traces' && !this.#spans.has(key)) this.#spans.set(key, entry)
    }
  }

  get(traceId: string, spanId: string): Entry | undefined {
    return this.#spans.get(keyOf(traceId, spanId))
  }

  /** The span that a record hangs on; a span is not its own parent, whatever it says. */
  above(entry: Entry): Entry | undefined {
    const anchor = anchorOf(entry)
    const found = anchor === '' ? undefined : this.get(entry.traceId, anchor)
    return found === entry ? undefined : found
  }

  /** The first span that it links to and that is here. */
  linked(entry: Entry): Entry | undefined {
    for (const { traceId, spanId } of entry.facts.links) {
      const found = this.get(traceId, spanId)
      if (found !== undefined && found !== entry) return found
    }
    return undefined
  }
}

function keyOf(traceId: string, spanId: string): string {
  return `${spanId}${traceId}`
}
