import { OWN } from '../../src/fields.mjs'
import { measureLines } from '../../src/lines.mjs'
import { requirePeer } from '../../src/peers.mjs'
import { context } from '../../src/pino-mixin.mjs'

/** The same as `mixin.mjs` with the destination that pino has by default, an asynchronous one. */
const log = requirePeer('pino')({ mixin: () => ({ ...context.getStore() }) })

await measureLines({
  run: (fields, fn) => context.run(fields, fn),
  write: () => log.info(OWN, 'pick_made'),
})
