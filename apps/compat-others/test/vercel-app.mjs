/** The application beside a set-up that registers provider, context manager and instrumentations of its own. */
import { createRequire } from 'node:module'
import http from 'node:http'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { registerOTel } from '@vercel/otel'
import { initTelemetry, runUnit } from '@throughline/core'

registerOTel({
  serviceName: 'theirs',
  instrumentations: [
    // Vercel's covers outgoing requests, those of `node:http` too.
    'fetch',
    new HttpInstrumentation({ disableOutgoingRequestInstrumentation: true }),
  ],
  instrumentationConfig: { fetch: { propagateContextUrls: [/127\.0\.0\.1/], ignoreUrls: [/\/v1\//] } },
})
// What patches `node:http` waits for somebody to require it.
createRequire(import.meta.url)('http')
await initTelemetry().ready

const { log, Matches, route, serve } = await import('./nest-app.mjs')

class Calls {
  async calls(request) {
    const { localPort } = request.socket
    await runUnit({ kind: 'task', name: 'fetching' }, () => fetch(`http://127.0.0.1:${localPort}/matches/1`))
    await new Promise((resolve) => {
      http.get({ host: '127.0.0.1', port: localPort, path: '/matches/2' }, (response) => {
        response.resume().on('end', resolve)
        log.info('answered')
      })
    })
    return { ok: true }
  }
}
route(Calls, 'calls', { calls: '' })

const { Req } = await import('@nestjs/common')
Req()(Calls.prototype, 'calls', 0)

await serve([Matches, Calls])
