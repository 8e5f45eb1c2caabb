import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { contentTypes, decodeRequest, metricsOf } from '@throughline/otlp'
import { counted } from '../counts.js'
import { runProduct } from '../product.js'

const CERTIFICATE = fileURLToPath(new URL('../fixtures/tls/certificate.pem', import.meta.url))

let server: Server
let bodies: Buffer[]

beforeEach(async () => {
  bodies = []
  server = createServer(
    {
      key: readFileSync(new URL('../fixtures/tls/key.pem', import.meta.url)),
      cert: readFileSync(CERTIFICATE),
    },
    (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        bodies.push(Buffer.concat(chunks))
        response.writeHead(200, { 'content-type': contentTypes.protobuf }).end()
      })
    },
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const arrived = (): unknown[] =>
  bodies.flatMap((body) => counted(metricsOf(decodeRequest('metrics', 'protobuf', body).message)))

const run = (source: string, env: NodeJS.ProcessEnv): ReturnType<typeof runProduct> =>
  runProduct(`https://localhost:${(server.address() as AddressInfo).port}`, source, { env })

const QUIET = { code: 0, signal: null, stdout: '', stderr: '' }

describe('an https endpoint', () => {
  it.each([
    ['at the end', `telemetry.event('init')`],
    ['at process.exit', `telemetry.event('init'); process.exit(0)`],
  ])('gets what was counted, over TLS, %s', async (_, source) => {
    expect(await run(source, { NODE_EXTRA_CA_CERTS: CERTIFICATE })).toEqual(QUIET)
    expect(arrived()).toEqual([[1, { surface: 'sdk_node', event: 'init' }]])
  })

  it('gets nothing where its certificate is not trusted', async () => {
    expect(await run(`telemetry.event('init')`, {})).toEqual(QUIET)
    expect(bodies).toEqual([])
  })
})
