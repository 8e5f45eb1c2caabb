import { telemetry, TelemetryWorker } from '@throughline/bullmq'
import { initTelemetry, runWithContext } from '@throughline/core'
import { Queue } from 'bullmq'
import { measureJobs } from '../../src/jobs.mjs'

const running = initTelemetry()
await running.ready

await measureJobs({
  Queue,
  Worker: TelemetryWorker,
  queue: { telemetry: telemetry() },
  worker: { telemetry: telemetry() },
  add: (fn) => runWithContext({ 'request.id': 'bench-0123456789' }, fn),
  flush: () => running.flush(),
  close: () => running.shutdown(),
})
