import { initTelemetry, runUnit } from '@throughline/core'
import { measure } from '../../src/variant.mjs'

const telemetry = initTelemetry()
await telemetry.ready

const nothing = () => {}

await measure(
  (times) => {
    for (let i = 0; i < times; i++) {
      runUnit({ kind: 'task', name: 'pick', fields: { 'request.id': '0123456789' }, quiet: true }, nothing)
    }
  },
  { flush: () => telemetry.flush() },
)
