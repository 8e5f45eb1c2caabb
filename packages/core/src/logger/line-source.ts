import { BoundAttributes, NOTHING_BOUND } from './bound-attributes.js'

/** Events come from code, so there are few; beyond this many a head is made anew for each line. */
const MOST_HEADS = 500

/** What a line comes from: the logger's name and what is bound to it. */
export class LineSource {
  constructor(
    readonly name: string,
    readonly bound: BoundAttributes = NOTHING_BOUND,
    readonly heads: LineHeads = new LineHeads(),
  ) {}
}

/** Remembers the unchanging part of a line, by severity and event; shared by a logger and those bound from it. */
export class LineHeads {
  readonly #bySeverity = new Map<number, Map<string, string>>()
  #size = 0

  get(severity: number, event: string, make: () => string): string {
    let heads = this.#bySeverity.get(severity)
    if (heads === undefined) this.#bySeverity.set(severity, (heads = new Map()))
    let head = heads.get(event)
    if (head === undefined) {
      head = make()
      if (this.#size++ < MOST_HEADS) heads.set(event, head)
    }
    return head
  }
}
