import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { runProgram } from './child.js'
import { manifest } from './manifest.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

const PROGRAM = `
  import { createUsageTelemetry } from '@throughline/usage'
  const telemetry = createUsageTelemetry({
    prefix: 'acme', surface: 'sdk_node', version: '1.2.3', endpoint: process.env.ENDPOINT,
    headers: { 'x-acme-key': 'public' }, attributes: { 'release.channel': 'beta', 'host.name': 'laptop-of-ann' },
  })
  telemetry.event('init')
  telemetry.event('init')
  telemetry.event('cli', 'cmd_run', { command: 'trace ls', outcome: 'success', email: 'ann@example.com' })
  await telemetry.timed('trace_emit', async () => {}, { resource: 'trace', status_code: 202 })
  await telemetry.shutdown()
`

const SCOPE = { name: '@throughline/usage', version: manifest().version }
const RESOURCE = { 'service.name': 'acme', 'service.version': '1.2.3', 'release.channel': 'beta' }
const EMITTED = { surface: 'sdk_node', event: 'trace_emit', resource: 'trace', status_code: '202' }

describe('what leaves', () => {
  it('is one request with two metrics of documented names, units and attributes, and nothing else', async () => {
    const ended = await runProgram(PROGRAM, { env: { ACME_TELEMETRY: 'on', ENDPOINT: receiver.url } })
    expect(ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
    expect(receiver.requests).toMatchObject([{ method: 'POST', path: '/v1/metrics', outcome: 'accepted' }])
    const point = (attributes: Record<string, string>, value: number): unknown => ({
      attributes,
      value,
      exemplars: [],
    })
    expect(receiver.metricPoints()).toEqual([
      {
        name: 'acme_events_total',
        unit: '{event}',
        description: 'Events of the product.',
        type: 'sum',
        temporality: 'DELTA',
        monotonic: true,
        points: [
          point({ surface: 'sdk_node', event: 'init' }, 2),
          point({ surface: 'cli', event: 'cmd_run', command: 'trace ls', outcome: 'success' }, 1),
          point(EMITTED, 1),
        ],
        scope: SCOPE,
        resource: RESOURCE,
      },
      {
        name: 'acme_request_duration_seconds',
        unit: 's',
        description: 'Durations of what was timed.',
        type: 'histogram',
        temporality: 'DELTA',
        points: [
          {
            attributes: EMITTED,
            count: 1,
            sum: expect.any(Number),
            min: expect.any(Number),
            max: expect.any(Number),
            exemplars: [],
            bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300],
            buckets: expect.any(Array),
          },
        ],
        scope: SCOPE,
        resource: RESOURCE,
      },
    ])
  })

  it('has the headers of HTTP, the name of this package and the key of the product', async () => {
    await runProgram(PROGRAM, { env: { ACME_TELEMETRY: 'on', ENDPOINT: receiver.url } })
    expect(receiver.requests[0]?.headers).toEqual({
      'user-agent': `throughline-usage/${manifest().version}`,
      'x-acme-key': 'public',
      'content-type': 'application/x-protobuf',
      'content-length': expect.any(String),
      host: receiver.url.replace('http://', ''),
      connection: 'close',
    })
  })

  it('goes where the user says, without that key', async () => {
    const env = {
      ACME_TELEMETRY: 'on',
      ACME_OTLP_ENDPOINT: `${receiver.url}/`,
      ENDPOINT: 'http://127.0.0.1:9',
    }
    await runProgram(PROGRAM, { env })
    expect(receiver.requests[0]?.headers).not.toHaveProperty('x-acme-key')
    expect(receiver.metricPoints()).toHaveLength(2)
  })
})
