import { telemetry, TelemetryWorker } from '@throughline/bullmq'
import { getLogger, initTelemetry, runWithContext } from '@throughline/core'
import { Queue } from 'bullmq'
import { measureJobs } from '../../src/jobs.mjs'

const running = initTelemetry()
await running.ready
const log = getLogger('draft')

await measureJobs({
  Queue,
  Worker: TelemetryWorker,
  queue: { telemetry: telemetry() },
  worker: { telemetry: telemetry() },
  add: (fn) => runWithContext({ 'request.id': 'bench-0123456789' }, fn),
  handle: (job) => log.info('pick_made', { 'pick.id': job.data.pick }),
  flush: () => running.flush(),
  close: () => running.shutdown(),
})
