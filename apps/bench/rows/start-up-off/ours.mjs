import { initTelemetry } from '@throughline/core'
import { reportStart } from '../../src/variant.mjs'

initTelemetry()
reportStart()
