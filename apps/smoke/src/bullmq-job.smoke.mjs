import assert from 'node:assert/strict'
import { once } from 'node:events'
import { telemetry, TelemetryWorker } from '@throughline/bullmq'
import { getContext, initTelemetry, runWithContext } from '@throughline/core'
import { startRedis } from '@throughline/services'
import { Queue } from 'bullmq'
import { Records } from './records.mjs'

const records = new Records()
initTelemetry({ sinks: [records] })

const redis = await startRedis({ prefer: 'embedded' })
const { hostname: host, port } = new URL(redis.url)
const connection = { host, port: Number(port) }
const queue = new Queue('picks', { connection, telemetry: telemetry() })
const worker = new TelemetryWorker('picks', async () => getContext(), { connection })

const completed = once(worker, 'completed')
await runWithContext({ 'request.id': 'smoke-1' }, () => queue.add('auto_pick', { pick: 7 }))
const [job, seen] = await completed

assert.deepEqual(job.data, { pick: 7 })
assert.equal(seen['request.id'], 'smoke-1')
assert.equal(seen['job.name'], 'auto_pick')
assert.equal((await records.first('job_completed')).context['request.id'], 'smoke-1')

await worker.close()
await queue.close()
await redis.stop()
