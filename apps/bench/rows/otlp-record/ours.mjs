import { getLogger, initTelemetry, runWithContext } from '@throughline/core'
import { inBursts } from '../../src/bursts.mjs'
import { CONTEXT, OWN } from '../../src/fields.mjs'
import { measure } from '../../src/variant.mjs'

const telemetry = initTelemetry()
await telemetry.ready
const log = getLogger('draft')

await measure((times) =>
  runWithContext(CONTEXT, () =>
    inBursts(
      times,
      () => log.info('pick_made', OWN),
      () => telemetry.flush(),
    ),
  ),
)
await telemetry.shutdown()
