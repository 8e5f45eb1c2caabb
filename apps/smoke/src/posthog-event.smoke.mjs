import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { runUnit } from '@throughline/core'
import { getPosthog } from '@throughline/posthog'
import { injectSnippet } from '@throughline/posthog/express'

// Off, as on any Node: posthog-node, which asks for a newer one than the oldest of ours, is not loaded.
const off = getPosthog()
off.capture('ignored', 'u-1')
assert.deepEqual([off.enabled, await off.isFeatureEnabled('lobby', 'u-1', { default: true })], [false, true])
await off.shutdown()

const events = []
const server = createServer(async (request, response) => {
  events.push(...JSON.parse(gunzipSync(await buffer(request)).toString()).batch)
  response.end('{}')
}).listen(0, '127.0.0.1')
await once(server, 'listening')
process.env.POSTHOG_API_KEY = 'phc_smoke'
process.env.POSTHOG_HOST = `http://127.0.0.1:${server.address().port}`

const posthog = getPosthog()
await posthog.ready
const fields = { 'request.id': 'smoke-1', 'user.id': 7 }
await assert.rejects(
  runUnit({ kind: 'task', name: 't', fields }, () => Promise.reject(new RangeError('no seats'))),
)
await posthog.flush()
assert.equal(events.length, 1)
const [{ event, distinct_id: distinctId, properties }] = events
assert.deepEqual([event, distinctId, properties['request.id']], ['$exception', '7', 'smoke-1'])
assert.equal(properties.$exception_list[0].value, 'no seats')

const inject = injectSnippet()
const pages = createServer((request, response) => {
  inject(request, response, () => {
    response.setHeader('content-type', 'text/html')
    response.write('<html><head>')
    response.end('</head></html>')
  })
}).listen(0, '127.0.0.1')
await once(pages, 'listening')
const page = await (await fetch(`http://127.0.0.1:${pages.address().port}`)).text()
assert.match(page, /^<html><head><script>.*posthog\.init\(.*<\/script><\/head><\/html>$/s)

await posthog.shutdown()
for (const one of [server, pages]) {
  one.close()
  one.closeAllConnections()
}
