import { initTelemetry } from '@throughline/core'
import { reportStart } from '../../src/variant.mjs'

const telemetry = initTelemetry()
await telemetry.ready
reportStart()
await telemetry.shutdown()
