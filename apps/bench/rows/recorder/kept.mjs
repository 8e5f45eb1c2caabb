import { getLogger, initTelemetry, runUnit } from '@throughline/core'
import { contextOf } from '../../src/fields.mjs'
import { measure } from '../../src/variant.mjs'
import { LINES_PER_UNIT, writeLines } from './debug-lines.mjs'

initTelemetry()
const log = getLogger('draft')
const unit = (at) => ({ kind: 'task', name: 'pick', fields: contextOf(at), quiet: true })
const work = () => writeLines((attributes) => log.debug('pick_weighed', attributes))

await measure((times) => {
  for (let at = 0; at < times; at += LINES_PER_UNIT) runUnit(unit(at), work)
})

/** That they were kept shows when a unit fails. */
try {
  runUnit(unit(0), () => {
    work()
    throw new Error('no hero is left')
  })
} catch {}
