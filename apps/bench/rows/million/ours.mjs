import { telemetry, TelemetryWorker } from '@throughline/bullmq'
import { getLogger, initTelemetry } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'
import { Queue } from 'bullmq'
import { serveService } from './service.mjs'

const log = getLogger('draft')

await serveService({
  Queue,
  Worker: TelemetryWorker,
  queue: { telemetry: telemetry() },
  worker: { telemetry: telemetry() },
  imports: [TelemetryModule.forRoot({ trust: 'loopback' })],
  read: (id) => log.info('pick_read', { 'pick.id': id }),
  settle: (id) => log.info('pick_settled', { 'pick.id': id }),
  flush: () => initTelemetry().flush(),
  close: () => initTelemetry().shutdown(),
})
