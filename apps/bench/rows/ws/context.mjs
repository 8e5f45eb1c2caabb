import { initTelemetry } from '@throughline/core'
import { instrumentWebSocketServer } from '@throughline/ws'
import { serveEcho } from '../../src/sockets.mjs'

const telemetry = initTelemetry()

serveEcho({
  instrument: instrumentWebSocketServer,
  flush: () => telemetry.flush(),
  close: () => telemetry.shutdown(),
})
