import { type RequestRow } from '../../shared/api.js'
import { type Digest } from '../filter/digest.js'
import { type Entry, sizeOf } from '../record/entry.js'

/** `request`: one request.id; `trace`: a trace without one; `service`: lines of a process outside of both. */
export type GroupKind = 'request' | 'trace' | 'service'

/** Records that are shown as one. */
export class Group {
  readonly entries = new Set<Entry>()
  version = 0
  bytes = 0
  /** Its oldest records that had to leave, because it takes too much of the store. */
  lost = 0
  /** Of {@link version}; undefined where something came since. */
  row: RequestRow | undefined
  digest: Digest | undefined
  /** Neighbours in the order of their last change. */
  older: Group | undefined
  newer: Group | undefined

  constructor(
    readonly key: string,
    readonly kind: GroupKind,
    readonly requestId: string | undefined,
  ) {}

  add(entry: Entry): void {
    this.entries.add(entry)
    this.bytes += sizeOf(entry)
    entry.group = this
  }

  remove(entry: Entry): void {
    this.entries.delete(entry)
    this.bytes -= sizeOf(entry)
    entry.group = undefined
  }
}

const PREFIXED = /^(?:request|trace|service):/

/** What a group is called: a request by its request.id, unless that reads like the name of another kind of group. */
export function groupKey(kind: GroupKind, name: string): string {
  return kind === 'request' && !PREFIXED.test(name) ? name : `${kind}:${name}`
}
