import { inBursts } from '../../src/bursts.mjs'
import { CONTEXT, OWN } from '../../src/fields.mjs'
import { requirePeer } from '../../src/peers.mjs'
import { context, pinoWithMixin } from '../../src/pino-mixin.mjs'
import { measure } from '../../src/variant.mjs'

const provider = process.env.BENCH_EXPORT === undefined ? undefined : exportRecords()
const log = pinoWithMixin()

await measure((times) =>
  context.run(CONTEXT, () =>
    inBursts(
      times,
      () => log.info(OWN, 'pick_made'),
      async () => provider?.forceFlush(),
    ),
  ),
)
await provider?.shutdown()

/** OpenTelemetry's own way: its instrumentation of pino sends each line as a record. */
function exportRecords() {
  const { BatchLogRecordProcessor, LoggerProvider } = requirePeer('@opentelemetry/sdk-logs')
  const { OTLPLogExporter } = requirePeer('@opentelemetry/exporter-logs-otlp-proto')
  const { PinoInstrumentation } = requirePeer('@opentelemetry/instrumentation-pino')
  const { logs } = requirePeer('@opentelemetry/api-logs')
  const { registerInstrumentations } = requirePeer('@opentelemetry/instrumentation')
  const loggerProvider = new LoggerProvider({
    processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })],
  })
  logs.setGlobalLoggerProvider(loggerProvider)
  registerInstrumentations({ instrumentations: [new PinoInstrumentation()] })
  return loggerProvider
}
