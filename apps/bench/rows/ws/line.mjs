import { getLogger, initTelemetry } from '@throughline/core'
import { instrumentWebSocketServer } from '@throughline/ws'
import { serveEcho } from '../../src/sockets.mjs'

const telemetry = initTelemetry()
const log = getLogger('draft')

serveEcho({
  instrument: instrumentWebSocketServer,
  handle(answer) {
    log.info('pick_received', { 'pick.slot': 3 })
    answer()
  },
  flush: () => telemetry.flush(),
  close: () => telemetry.shutdown(),
})
