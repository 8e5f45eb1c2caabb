/** An application's own OpenTelemetry 3, as its documentation sets it up; everything is exported as it ends. */
import { context, logs, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'

const resource = resourceFromAttributes({ 'service.name': 'theirs' })
const running = []

export function registerTraces(options = {}) {
  const exporter = new OTLPTraceExporter({ url: `${process.env.RECEIVER}/v1/traces` })
  const provider = new TracerProvider({
    resource,
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    ...options,
  })
  running.push(provider)
  return trace.setGlobalTracerProvider(provider)
}

export function registerContext() {
  const taken = context.setGlobalContextManager(new AsyncLocalStorageContextManager())
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  )
  return taken
}

export function registerLogs() {
  const exporter = new OTLPLogExporter({ url: `${process.env.RECEIVER}/v1/logs` })
  const provider = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter })] })
  running.push(provider)
  return logs.setGlobalLoggerProvider(provider)
}

export async function stop() {
  for (const provider of running) await provider.shutdown()
}
