import type { EventEmitter } from 'node:events'

type Listener = (this: unknown, event: object) => void

/** How the arguments of an event of ws look to a listener added by `addEventListener`. */
const EVENTS: Readonly<Record<string, (...args: never[]) => object>> = {
  message: (data: Buffer, isBinary: boolean) => ({ data: isBinary ? data : data.toString() }),
  close: (code: number, reason: Buffer) => ({ code, reason: reason.toString(), wasClean: code !== 1006 }),
  error: (error: Error) => ({ error, message: error.message }),
  open: () => ({}),
}

/** Remembers what a DOM-style listener was added as, so that it can be removed. */
const added = Symbol('added')

/** Adds a DOM-style listener, on top of `on` as ws does, so that whoever wraps `emit` sees its events too. */
export function addDomListener(target: EventEmitter, type: string, listener: unknown, once: boolean): void {
  const toEvent = EVENTS[type] as ((...args: unknown[]) => object) | undefined
  if (toEvent === undefined || listener === null || listener === undefined) return
  const given = listener as Listener | { handleEvent: Listener }
  const wrapper = (...args: unknown[]): void => {
    const event = { type, target, ...toEvent(...args) }
    if (typeof given === 'function') given.call(target, event)
    else given.handleEvent(event)
  }
  Object.assign(wrapper, { [added]: listener })
  if (once) target.once(type, wrapper)
  else target.on(type, wrapper)
}

/** Removes what `addDomListener` added. */
export function removeDomListener(target: EventEmitter, type: string, listener: unknown): void {
  const found = target.rawListeners(type).find((candidate) => {
    const { listener: wrapped = candidate } = candidate as { listener?: unknown }
    return (wrapped as { [added]?: unknown })[added] === listener
  })
  if (found !== undefined) target.removeListener(type, found as (...args: unknown[]) => void)
}
