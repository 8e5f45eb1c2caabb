import { contextOf } from '../../src/fields.mjs'
import { context, pinoWithMixin } from '../../src/pino-mixin.mjs'
import { measure } from '../../src/variant.mjs'
import { LINES_PER_UNIT, writeLines } from './debug-lines.mjs'

/** Who has no recorder and wants the debug lines of what fails writes them all. */
const log = pinoWithMixin({ level: 'debug' })
const work = () => writeLines((attributes) => log.debug(attributes, 'pick_weighed'))

await measure((times) => {
  for (let at = 0; at < times; at += LINES_PER_UNIT) context.run(contextOf(at), work)
})
