import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runOffAndOn } from './product.js'
import { type RawCollector, startRawCollector } from './collector.js'

let collector: RawCollector

beforeEach(async () => {
  collector = await startRawCollector()
})

afterEach(() => collector.stop())

/** An application that traces its calls, carries baggage, measures, and logs what OpenTelemetry says. */
const APPLICATION = `
  import { createRequire, syncBuiltinESMExports } from 'node:module'
  import api from '@opentelemetry/api'
  import hooks from '@opentelemetry/context-async-hooks'
  import core from '@opentelemetry/core'
  import instrumentation from '@opentelemetry/instrumentation'
  import http from '@opentelemetry/instrumentation-http'
  import metricsSdk from '@opentelemetry/sdk-metrics'
  import sdk from '@opentelemetry/sdk-trace'
  const { context, diag, metrics, propagation, trace } = api
  diag.setLogger(new api.DiagConsoleLogger(), { logLevel: api.DiagLogLevel.WARN })
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(
    new core.CompositePropagator({ propagators: [new core.W3CTraceContextPropagator(), new core.W3CBaggagePropagator()] }),
  )
  const spans = []
  const spanProcessors = [{ onStart() {}, onEnd: (span) => spans.push(span.name), async forceFlush() {}, async shutdown() {} }]
  const tracerProvider = new sdk.TracerProvider({ spanProcessors })
  trace.setGlobalTracerProvider(tracerProvider)
  const exporter = new metricsSdk.InMemoryMetricExporter(metricsSdk.AggregationTemporality.CUMULATIVE)
  const reader = new metricsSdk.PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
  const meterProvider = new metricsSdk.MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(meterProvider)
  instrumentation.registerInstrumentations({ instrumentations: [new http.HttpInstrumentation()] })
  // Patched when they are required; what modules import of them follows.
  for (const name of ['http', 'https']) createRequire(import.meta.url)(name)
  syncBuiltinESMExports()
  const before = [trace.getTracerProvider(), metrics.getMeterProvider(), propagation._getGlobalPropagator()]

  const active = propagation.setBaggage(context.active(), propagation.createBaggage({ tenant: { value: 'hunter2' } }))
  await context.with(active, () =>
    trace.getTracer('app').startActiveSpan('work', async (span) => {
      telemetry.event('init')
      metrics.getMeter('app').createCounter('orders').add(1)
      await telemetry.flush()
      span.end()
    }),
  )
  await reader.forceFlush()
  const after = [trace.getTracerProvider(), metrics.getMeterProvider(), propagation._getGlobalPropagator()]
  const names = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name)))
  console.log(JSON.stringify({ spans, names, same: before.every((each, at) => each === after[at]) }))
`

describe("an application's own OpenTelemetry", () => {
  it('has its providers, its spans and its metrics as before, and lends nothing', async () => {
    const { off, on } = await runOffAndOn(collector.url, APPLICATION)
    const application = { spans: ['work'], names: ['orders'], same: true }
    expect(off).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(off.stdout)).toEqual(application)
    expect(on).toMatchObject({ code: 0, stderr: '' })
    // Its metric of outgoing calls is one of all calls.
    const names = ['http.client.request.duration', ...application.names]
    expect(JSON.parse(on.stdout)).toEqual({ ...application, names })
    expect(collector.requests).toHaveLength(1)
    expect(Object.keys(collector.requests[0]?.headers ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/traceparent|tracestate|baggage/)]),
    )
  })

  it('would see a call that is not suppressed', async () => {
    const call = APPLICATION.replace(
      'telemetry.event(',
      `const { get } = await import('node:http')
      await new Promise((resolve) => get(process.env.ENDPOINT, (response) => response.resume().on('end', resolve)))
      telemetry.event(`,
    )
    const { on } = await runOffAndOn(collector.url, call)
    expect(JSON.parse(on.stdout)).toMatchObject({ spans: ['GET', 'work'] })
    expect(collector.requests[0]?.headers).toHaveProperty('traceparent')
  })
})
