import { AsyncLocalStorage } from 'node:async_hooks'
import { OWN } from '../../src/fields.mjs'
import { measureLines } from '../../src/lines.mjs'
import { requirePeer } from '../../src/peers.mjs'
import { synchronousOutput } from '../../src/pino-mixin.mjs'

/** A child of the logger per context in place of a mixin: its fields become JSON once, but none can be added later. */
const logger = requirePeer('pino')(synchronousOutput())
const context = new AsyncLocalStorage()

await measureLines({
  run: (fields, fn) => context.run(logger.child(fields), fn),
  write: () => context.getStore().info(OWN, 'pick_made'),
})
