import type { MeterProvider } from '@opentelemetry/api'

/**
 * Event loop delay, garbage collection and heap of Node, by the official instrumentation (R8.3).
 *
 * @returns what takes it down again
 */
export async function startRuntimeMetrics(meterProvider: MeterProvider): Promise<() => void> {
  const { RuntimeNodeInstrumentation } = await import('@opentelemetry/instrumentation-runtime-node')
  const instrumentation = new RuntimeNodeInstrumentation()
  instrumentation.setMeterProvider(meterProvider)
  return () => instrumentation.disable()
}
