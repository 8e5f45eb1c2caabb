import { runUnit, type Unit, type UnitOptions } from '@throughline/core'

const OK = { outcome: 'ok' } as const

/** The message whose listeners are being called, and who keeps its unit open beyond that. */
interface Delivery {
  unit: Unit | undefined
  hold: MessageHold | undefined
}

/** What emits messages; an object, because this runs for every message and closures add up. */
export interface MessageSource<A> {
  emitMessage(args: A): boolean
}

/** A module's variable will do: listeners are called synchronously. */
const delivery: Delivery = { unit: undefined, hold: undefined }

/**
 * Lets `source` emit one message: its unit ends when the listeners have returned, unless one of them holds it.
 *
 * The promise of an asynchronous listener is not looked at: emitters ignore it, and to observe it would hide a
 * rejection from Node.
 */
export function runMessage<A>(options: UnitOptions, source: MessageSource<A>, args: A): boolean {
  return runUnit(options, (unit) => {
    // A listener may emit a message itself.
    const { unit: outer, hold: outerHold } = delivery
    delivery.unit = unit
    delivery.hold = undefined
    try {
      return source.emitMessage(args)
    } catch (error) {
      unit.end({ outcome: 'error', error })
      throw error
    } finally {
      const hold = delivery.hold as MessageHold | undefined
      if (hold === undefined) unit.end(OK)
      else hold.release()
      delivery.unit = outer
      delivery.hold = outerHold
    }
  })
}

/** Keeps the message that is being delivered open until `release`; undefined outside a delivery. */
export function holdMessage(): MessageHold | undefined {
  if (delivery.unit === undefined) return undefined
  delivery.hold ??= new MessageHold(delivery.unit)
  delivery.hold.add()
  return delivery.hold
}

/** Counts who still works on a message, its delivery included. */
class MessageHold {
  #holders = 1

  constructor(private readonly unit: Unit) {}

  add(): void {
    this.#holders++
  }

  release(): void {
    if (--this.#holders === 0) this.unit.end(OK)
  }

  fail(error: unknown): void {
    this.unit.end({ outcome: 'error', error })
  }
}
