import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { trace } from '@opentelemetry/api'
import { initTelemetry, runUnit, type Telemetry } from '@throughline/core'
import { slot } from '@throughline/core/binding'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { captureTelemetry } from '@throughline/testing'
import { spanTree } from './span-tree.js'

let receiver: OtlpReceiver
let telemetry: Telemetry | undefined

beforeEach(async () => {
  receiver = await startOtlpReceiver()
  Object.assign(process.env, {
    LOG_LEVEL: 'fatal',
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER: 'always_on',
  })
})

afterEach(async () => {
  await telemetry?.shutdown()
  await receiver.stop()
  for (const name of ['OTEL_ENABLED', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_SAMPLER']) {
    delete process.env[name]
  }
})

async function start(): Promise<Telemetry> {
  telemetry = initTelemetry({ serviceName: 'captured' })
  await telemetry.ready
  return telemetry
}

/** A request with a span of the program's own below it. */
function request(name = 'GET'): void {
  runUnit({ kind: 'http', name }, () => trace.getTracer('program').startSpan('query').end())
}

describe('a capture beside running telemetry', () => {
  it.each([
    ['opened after the start', false],
    ['opened before it', true],
  ])('sees what is exported: %s', async (_title, first) => {
    const early = first ? captureTelemetry() : undefined
    await start()
    const capture = early ?? captureTelemetry()
    request()
    await capture.stop()
    await telemetry?.flush()
    expect(spanTree(capture)).toEqual([['GET', ['query']]])
    expect(receiver.spans().map(({ spanId }) => spanId)).toEqual(
      capture.spans.map((span) => span.spanContext().spanId),
    )
    expect(await capture.metrics()).toMatchObject([
      { descriptor: { name: 'http.server.request.duration' }, dataPoints: [{ value: { count: 1 } }] },
    ])
  })

  it('leaves it running when it stops', async () => {
    await start()
    const { tracing, activeTrace } = slot
    const capture = captureTelemetry()
    await capture.stop()
    expect(slot).toMatchObject({ tracing, activeTrace })
    request()
    await telemetry?.flush()
    expect(receiver.spans().map(({ name }) => name)).toEqual(['query', 'GET'])
  })

  it('changes nothing of what is sampled', async () => {
    process.env.OTEL_TRACES_SAMPLER = 'always_off'
    await start()
    const capture = captureTelemetry()
    request()
    await capture.stop()
    expect(capture.spans).toEqual([])
  })

  it('goes on alone when telemetry is shut down', async () => {
    const capture = captureTelemetry()
    const running = await start()
    request('exported')
    await running.shutdown()
    request('not exported')
    await capture.stop()
    expect(spanTree(capture)).toEqual([
      ['exported', ['query']],
      ['not exported', ['query']],
    ])
    expect(receiver.spans().map(({ name }) => name)).toEqual(['query', 'exported'])
    expect(slot.tracing).toBeUndefined()
  })
})
