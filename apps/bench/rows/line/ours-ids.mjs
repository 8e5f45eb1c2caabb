import { getLogger, initTelemetry, runWithContext } from '@throughline/core'
import { OWN } from '../../src/fields.mjs'
import { inSpan } from '../../src/in-span.mjs'
import { measureLines } from '../../src/lines.mjs'

const telemetry = initTelemetry()
await telemetry.ready
const log = getLogger('draft')

await measureLines({
  run: (fields, fn, at) => inSpan(at, () => runWithContext(fields, fn)),
  write: () => log.info('pick_made', OWN),
  flush: () => telemetry.flush(),
})
await telemetry.shutdown()
