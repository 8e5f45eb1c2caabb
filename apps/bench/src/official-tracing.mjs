import { requirePeer } from './peers.mjs'

/** OpenTelemetry's own tracing in its tuned form: a ratio at the root, batches, protobuf; by the standard variables. */
export function startOfficialTracing() {
  const { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler } =
    requirePeer('@opentelemetry/sdk-trace-node')
  const { OTLPTraceExporter } = requirePeer('@opentelemetry/exporter-trace-otlp-proto')
  const { resourceFromAttributes } = requirePeer('@opentelemetry/resources')
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'bench' }),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(Number(process.env.OTEL_TRACES_SAMPLER_ARG)),
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  })
  provider.register()
  return provider
}
