import { OWN } from '../../src/fields.mjs'
import { measureLines } from '../../src/lines.mjs'
import { context, pinoWithMixin } from '../../src/pino-mixin.mjs'

const log = pinoWithMixin()

await measureLines({
  run: (fields, fn) => context.run(fields, fn),
  write: () => log.info(OWN, 'pick_made'),
})
