import { AsyncLocalStorage } from 'node:async_hooks'
import { OWN } from '../../src/fields.mjs'
import { measureLines } from '../../src/lines.mjs'
import { requirePeer } from '../../src/peers.mjs'

/**
 * evlog writes no lines as things happen but one wide event at the end of a context, with everything in it. So the same
 * is said, each pick with its fields, but the context's are written once; the figure is that of a pick.
 */
const { createLogger, initLogger } = requirePeer('evlog')
initLogger({ env: { service: 'bench' }, pretty: false })
const context = new AsyncLocalStorage()

await measureLines({
  run(fields, fn) {
    const log = createLogger(fields)
    context.run(log, fn)
    log.emit()
  },
  write: () => context.getStore().set({ picks: [{ message: 'pick_made', ...OWN }] }),
})
