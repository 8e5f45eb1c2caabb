import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { getLogger, initTelemetry, runUnit } from '@throughline/core'
import { spanTrees, startOtlpReceiver } from '@throughline/otlp'

const receiver = await startOtlpReceiver()
process.env.OTEL_ENABLED = 'true'
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.url
process.env.OTEL_TRACES_SAMPLER_ARG = '1'

const telemetry = initTelemetry({ serviceName: 'smoke' })
await telemetry.ready

let traceparent
const peer = createServer((request, response) => {
  traceparent = request.headers.traceparent
  response.end()
}).listen(0, '127.0.0.1')
await once(peer, 'listening')

const fields = { 'request.id': 'smoke-1' }
await runUnit({ kind: 'task', name: 'rate_picks', fields }, async () => {
  getLogger('draft').info('pick_made', { 'pick.number': 7 })
  await (await fetch(`http://127.0.0.1:${peer.address().port}/rates`)).text()
})
peer.close()
peer.closeAllConnections()

// What waits is sent, and this returns well within its bound of five seconds.
const start = performance.now()
await telemetry.shutdown()
assert.ok(performance.now() - start < 4_000)

const [task, ...others] = spanTrees(receiver.spans())
assert.deepEqual(others, [])
assert.equal(task.name, 'rate_picks')
assert.equal(task.attributes['request.id'], 'smoke-1')
const [call] = task.children
assert.equal(call.kind, 'CLIENT')
assert.equal(call.attributes['request.id'], 'smoke-1')

const spans = receiver.spans()
const root = spans.find(({ name }) => name === 'rate_picks')
const client = spans.find(({ kind }) => kind === 'CLIENT')
assert.equal(traceparent, `00-${root.traceId}-${client.spanId}-01`)

const record = receiver.logRecords().find(({ eventName }) => eventName === 'draft.pick_made')
assert.equal(record.body, 'pick_made')
assert.equal(record.attributes['pick.number'], 7)
assert.equal(record.attributes['request.id'], 'smoke-1')
assert.equal(record.traceId, root.traceId)
assert.equal(record.spanId, root.spanId)

assert.ok(receiver.metricPoints().some(({ name }) => name === 'process.cpu.utilization'))
await receiver.stop()
