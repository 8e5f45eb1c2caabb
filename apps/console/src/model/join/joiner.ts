import { anchorOf, type Entry } from '../record/entry.js'
import { type GroupKind } from './group.js'
import { Trace } from './trace.js'

/** Puts a record where it belongs, out of the group that it was in. */
export type Assign = (entry: Entry, kind: GroupKind, name: string) => void

/**
 * Says which group a record belongs to, and again when more of its trace is known: to its own request.id, else that of
 * its nearest ancestor, else that of its trace if that has exactly one, else to the trace.
 *
 * A record finds an ancestor's request.id once and keeps it, so that all moves together take linear time.
 */
export class Joiner {
  readonly #traces = new Map<string, Trace>()

  constructor(private readonly assign: Assign) {}

  place(entry: Entry): void {
    if (entry.traceId === '') {
      if (entry.ownId !== undefined) this.assign(entry, 'request', entry.ownId)
      else this.assign(entry, 'service', serviceOf(entry))
      return
    }
    const trace = this.#open(entry.traceId)
    trace.size += 1
    const registered = entry.signal === 'traces' && !trace.spans.has(entry.spanId)
    if (registered) trace.spans.set(entry.spanId, entry)
    if (entry.ownId === undefined) this.#inherit(trace, entry)
    else {
      this.assign(entry, 'request', entry.ownId)
      this.#learn(trace, entry.ownId)
    }
    if (registered) this.#handDown(trace, entry)
  }

  /** The record leaves the store. */
  forget(entry: Entry): void {
    const trace = this.#traces.get(entry.traceId)
    if (trace === undefined) return
    trace.size -= 1
    trace.stopWaiting(entry, anchorOf(entry))
    if (trace.spans.get(entry.spanId) === entry) trace.spans.delete(entry.spanId)
    if (trace.size === 0) this.#traces.delete(trace.id)
  }

  /** The span with this id, as far as it has arrived. */
  span(traceId: string, spanId: string): Entry | undefined {
    return this.#traces.get(traceId)?.spans.get(spanId)
  }

  #open(id: string): Trace {
    let trace = this.#traces.get(id)
    if (trace === undefined) this.#traces.set(id, (trace = new Trace(id)))
    return trace
  }

  #inherit(trace: Trace, entry: Entry): void {
    const anchor = anchorOf(entry)
    const parent = trace.spans.get(anchor)
    const id = parent === entry ? undefined : idOf(parent)
    if (id === undefined) {
      trace.wait(entry, anchor)
      this.#assignByTrace(trace, entry)
    } else {
      entry.inheritedId = id
      this.assign(entry, 'request', id)
    }
  }

  #learn(trace: Trace, id: string): void {
    if (trace.hasMany || trace.firstId === id) return
    if (trace.firstId === undefined) trace.firstId = id
    else trace.hasMany = true
    for (const entry of trace.unresolved) this.#assignByTrace(trace, entry)
  }

  #assignByTrace(trace: Trace, entry: Entry): void {
    if (trace.firstId === undefined || trace.hasMany) this.assign(entry, 'trace', trace.id)
    else this.assign(entry, 'request', trace.firstId)
  }

  /** Those that waited for this span, and those that waited for them. */
  #handDown(trace: Trace, from: Entry): void {
    const id = idOf(from)
    if (id === undefined) return
    const spans = [from]
    for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
      for (const entry of trace.waiting.get(span.spanId) ?? []) {
        trace.stopWaiting(entry, anchorOf(entry))
        entry.inheritedId = id
        this.assign(entry, 'request', id)
        if (trace.spans.get(entry.spanId) === entry) spans.push(entry)
      }
    }
  }
}

function idOf(entry: Entry | undefined): string | undefined {
  return entry?.ownId ?? entry?.inheritedId
}

function serviceOf({ origin }: Entry): string {
  return origin.instance === '' ? origin.service : `${origin.service}:${origin.instance}`
}
