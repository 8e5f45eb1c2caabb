import { getLogger, initTelemetry, runWithContext } from '@throughline/core'
import { OWN } from '../../src/fields.mjs'
import { measureLines } from '../../src/lines.mjs'

const telemetry = initTelemetry()
const log = getLogger('draft')

await measureLines({
  run: runWithContext,
  write: () => log.info('pick_made', OWN),
  flush: () => telemetry.flush(),
})
await telemetry.shutdown()
