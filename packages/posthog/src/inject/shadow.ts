/** Puts members in front of those of an object, for a while. */
export class Shadow {
  readonly #former = new Map<string, PropertyDescriptor | undefined>()

  constructor(private readonly target: object) {}

  /** A value to be read. */
  property(name: string, value: unknown): void {
    this.#set(name, { get: () => value, configurable: true })
  }

  /** Calls `before`, and then the method as it is without this shadow. Methods that are not there stay so. */
  method(name: string, before: () => void): void {
    const { target } = this
    if (typeof (target as Record<string, unknown>)[name] !== 'function') return
    const value = (...args: unknown[]): unknown => {
      before()
      return Reflect.apply(
        (target as Record<string, (...args: unknown[]) => unknown>)[name] as never,
        target,
        args,
      )
    }
    this.#set(name, { value, configurable: true, writable: true })
  }

  /** Takes all of them away again. */
  lift(): void {
    for (const [name, former] of this.#former) {
      if (former === undefined) Reflect.deleteProperty(this.target, name)
      else Object.defineProperty(this.target, name, former)
    }
    this.#former.clear()
  }

  #set(name: string, descriptor: PropertyDescriptor): void {
    const former = Object.getOwnPropertyDescriptor(this.target, name)
    if (former?.configurable === false) return
    this.#former.set(name, former)
    Object.defineProperty(this.target, name, descriptor)
  }
}
