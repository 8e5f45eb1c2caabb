import { Group, groupKey, type GroupKind } from './group.js'

/** All groups by key, and in the order of their last change. */
export class Groups {
  readonly #byKey = new Map<string, Group>()
  #oldest: Group | undefined
  #newest: Group | undefined
  #version = 0

  get size(): number {
    return this.#byKey.size
  }

  get oldest(): Group | undefined {
    return this.#oldest
  }

  get newest(): Group | undefined {
    return this.#newest
  }

  /** Raised with every change of any group. */
  get version(): number {
    return this.#version
  }

  nextVersion(): number {
    return (this.#version += 1)
  }

  get(key: string): Group | undefined {
    return this.#byKey.get(key)
  }

  values(): IterableIterator<Group> {
    return this.#byKey.values()
  }

  open(kind: GroupKind, name: string): Group {
    const key = groupKey(kind, name)
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const group = new Group(key, kind, kind === 'request' ? name : undefined)
    this.#byKey.set(key, group)
    this.#append(group)
    return group
  }

  /** Something of it changed: it is the newest now, and what was made of it is no longer right. */
  touch(group: Group): void {
    group.version = this.nextVersion()
    group.row = undefined
    group.digest = undefined
    if (this.#newest === group) return
    this.#unlink(group)
    this.#append(group)
  }

  delete(group: Group): void {
    if (this.#byKey.get(group.key) !== group) return
    this.#byKey.delete(group.key)
    this.#unlink(group)
  }

  #append(group: Group): void {
    group.older = this.#newest
    group.newer = undefined
    if (this.#newest === undefined) this.#oldest = group
    else this.#newest.newer = group
    this.#newest = group
  }

  #unlink(group: Group): void {
    if (group.older === undefined) this.#oldest = group.newer
    else group.older.newer = group.newer
    if (group.newer === undefined) this.#newest = group.older
    else group.newer.older = group.older
  }
}
