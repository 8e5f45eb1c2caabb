import { startOfficialTracing } from '../../src/official-tracing.mjs'
import { measureJobs } from '../../src/jobs.mjs'
import { requirePeer } from '../../src/peers.mjs'

const provider = startOfficialTracing()
const { Queue, Worker } = requirePeer('bullmq')
const { BullMQOtel } = requirePeer('bullmq-otel')
const telemetry = new BullMQOtel({ tracerName: 'bench' })

await measureJobs({
  Queue,
  Worker,
  queue: { telemetry },
  worker: { telemetry },
  flush: () => provider.forceFlush(),
  close: () => provider.shutdown(),
})
