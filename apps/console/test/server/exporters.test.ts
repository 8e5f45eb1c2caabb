import { SpanKind } from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter as JsonLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { TracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import { describe, expect, it } from '@jest/globals'
import { type Console, startConsole } from '../../src/index.js'
import type { RequestView } from '../../src/shared/api.js'
import { call } from '../support/call.js'
import { atEnd, endAfterEach } from '../support/test-server.js'

endAfterEach()

const resource = resourceFromAttributes({ 'service.name': 'drafts-api' })
/** The exporters' own type of this is an enum that they do not export. */
const gzip = 'gzip' as never

async function started(): Promise<Console> {
  const running = await startConsole({ port: 0 })
  atEnd(() => running.close())
  return running
}

describe.each([
  ['protobuf', OTLPTraceExporter, OTLPLogExporter],
  ['JSON', JsonTraceExporter, JsonLogExporter],
])('the official exporters of %s', (_encoding, TraceExporter, LogExporter) => {
  it.each([
    ['as gzip', { compression: gzip }],
    ['plain', {}],
  ])('are understood, %s', async (_how, options) => {
    const { endpoint, store } = await started()
    const traces = new TraceExporter({ url: `${endpoint}/v1/traces`, ...options })
    const tracers = new TracerProvider({
      resource,
      spanProcessors: [new SimpleSpanProcessor({ exporter: traces })],
    })
    atEnd(() => tracers.shutdown())
    const exporter = new LogExporter({ url: `${endpoint}/v1/logs`, ...options })
    const logs = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter })] })
    atEnd(() => logs.shutdown())

    const attributes = { 'request.id': 'pick-1', 'user.id': 7 }
    tracers.getTracer('test').startSpan('GET /picks', { kind: SpanKind.SERVER, attributes }).end()
    logs.getLogger('test').emit({ eventName: 'pick_made', severityNumber: SeverityNumber.INFO, attributes })
    await Promise.all([tracers.forceFlush(), logs.forceFlush()])

    const { port } = new URL(endpoint)
    const reply = await call(Number(port), { path: '/api/requests/pick-1' })
    const view = JSON.parse(reply.text) as RequestView
    expect(view.row).toMatchObject({ requestId: 'pick-1', services: ['drafts-api'], lines: 1, spans: 1 })
    expect(store.summary()).toMatchObject({ received: { logs: 1, spans: 1 }, rejected: 0 })
  })
})

describe('the official exporter of metrics', () => {
  it('is understood', async () => {
    const { endpoint, store } = await started()
    const exporter = new OTLPMetricExporter({ url: `${endpoint}/v1/metrics`, compression: gzip })
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
    const meters = new MeterProvider({ resource, readers: [reader] })
    atEnd(() => meters.shutdown())
    meters.getMeter('test').createHistogram('http.server.request.duration').record(0.2)
    await meters.forceFlush()
    expect(store.summary().received.points).toBe(1)
  })
})
