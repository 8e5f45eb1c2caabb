import { type Entry } from '../record/entry.js'

/** What joining knows of one trace; records with a request.id of their own need not be remembered, only their spans. */
export class Trace {
  size = 0
  readonly spans = new Map<string, Entry>()
  /** Records for which no ancestor with a request.id is known. */
  readonly unresolved = new Set<Entry>()
  /** The same by the span that they hang on. */
  readonly waiting = new Map<string, Set<Entry>>()
  /** The first request.id that was seen in it. */
  firstId: string | undefined
  /** It has more than one: a socket's, or a batch's. That is never forgotten, or records would move to and fro. */
  hasMany = false

  constructor(readonly id: string) {}

  wait(entry: Entry, anchor: string): void {
    this.unresolved.add(entry)
    const others = this.waiting.get(anchor)
    if (others === undefined) this.waiting.set(anchor, new Set([entry]))
    else others.add(entry)
  }

  stopWaiting(entry: Entry, anchor: string): void {
    this.unresolved.delete(entry)
    const others = this.waiting.get(anchor)
    if (others?.delete(entry) === true && others.size === 0) this.waiting.delete(anchor)
  }
}
