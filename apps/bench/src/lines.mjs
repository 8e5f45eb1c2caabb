import { setImmediate as endOfTurn } from 'node:timers/promises'
import { contextOf } from './fields.mjs'
import { measure } from './variant.mjs'

const LINES_PER_CONTEXT = Number(process.env.BENCH_LINES ?? 3)
/** So many of each turn of the event loop, as of a service under load; a multiple of the lines of a context. */
const LINES_PER_TURN = 60
/** A reader that is slower is waited for, before anybody has to drop lines. */
const TURNS_PER_FLUSH = 100

/**
 * Writes lines, some in each context.
 *
 * @param {{ run: (fields: object, fn: () => void, at: number) => unknown, write: () => void, flush?: () => Promise<void> }} parts
 *   `run` puts the context around `fn`, `write` writes one line
 */
export function measureLines({ run, write, flush }) {
  const inContext = () => {
    for (let i = 0; i < LINES_PER_CONTEXT; i++) write()
  }
  return measure(
    async (times) => {
      let turns = 0
      for (let at = 0; at < times; at += LINES_PER_CONTEXT) {
        run(contextOf(at), inContext, at)
        if (at % LINES_PER_TURN !== 0) continue
        await endOfTurn()
        if (++turns % TURNS_PER_FLUSH === 0) await flush?.()
      }
    },
    { flush },
  )
}
