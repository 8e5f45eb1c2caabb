import { Queue, Worker } from 'bullmq'
import { measureJobs } from '../../src/jobs.mjs'
import { context, pinoWithMixin } from '../../src/pino-mixin.mjs'

/** By hand: the request's id goes with the data, the context around the work, and a line says that it is complete. */
const log = pinoWithMixin()

await measureJobs({
  Queue,
  Worker,
  data: { requestId: 'bench-0123456789' },
  handle: ({ id, name, queueName, data }) =>
    context.run(
      { 'request.id': data.requestId, 'job.id': id, 'job.name': name, 'job.queue': queueName },
      () => {
        const start = performance.now()
        log.info({ 'pick.id': data.pick }, 'pick_made')
        log.info({ duration_ms: performance.now() - start }, 'job_completed')
      },
    ),
})
