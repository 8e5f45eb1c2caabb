import { type Entry } from './entry.js'

/** So many are known; those that do not come for as long are forgotten. */
const MOST = 20_000

/** Records repeat names, labels and ids: one string of each is kept, not one for each record. */
export class SharedTexts {
  #recent = new Map<string, string>()
  #former = new Map<string, string>()

  /** The string that came first among equal ones. */
  of(text: string): string {
    const recent = this.#recent.get(text)
    if (recent !== undefined) return recent
    const first = this.#former.get(text) ?? text
    if (this.#recent.size >= MOST) {
      this.#former = this.#recent
      this.#recent = new Map()
    }
    this.#recent.set(first, first)
    return first
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Puts shared strings into an entry that was just read; its bytes and search text are like no other's. */
export function shareTexts(entry: Writable<Entry>, texts: SharedTexts): void {
  entry.traceId = texts.of(entry.traceId)
  entry.spanId = texts.of(entry.spanId)
  entry.parentId = texts.of(entry.parentId)
  if (entry.ownId !== undefined) entry.ownId = texts.of(entry.ownId)
  const facts = entry.facts as unknown as Record<string, unknown>
  for (const key of Object.keys(facts)) {
    const value = facts[key]
    if (typeof value === 'string') facts[key] = texts.of(value)
    else if (key === 'labels' && value !== undefined) {
      facts[key] = entry.facts.labels?.map((label) => texts.of(label))
    }
  }
}
