import { resourceFromAttributes } from '@opentelemetry/resources'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import { loadConfig, type SamplerName } from '@throughline/core'
import { slot } from '@throughline/core/binding'
import { type RunningTracing, startTracing } from '../../src/tracing/start-tracing.js'

// Units write their lines to the console of the test.
process.env['LOG_LEVEL'] = 'off'

export interface Tracing extends RunningTracing {
  /** What has ended so far. */
  spans(): ReadableSpan[]
  clear(): void
}

/** Starts tracing in this process, with spans kept in memory. */
export function traceInMemory(sampler: SamplerName = 'always_on', sampleRatio = 0.5): Tracing {
  const exporter = new InMemorySpanExporter()
  const running = startTracing(
    { ...loadConfig({}).config, sampler, sampleRatio },
    () => resourceFromAttributes({}),
    () => [new SimpleSpanProcessor({ exporter })],
    undefined,
  )
  return {
    ...running,
    spans: () => exporter.getFinishedSpans(),
    clear: () => exporter.reset(),
    async shutdown() {
      await running.shutdown()
      slot.tracing = undefined
      slot.activeTrace = undefined
    },
  }
}

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
export const SPAN_ID = 'b7ad6b7169203331'

export function traceparent(flags: string, traceId = TRACE_ID): string {
  return `00-${traceId}-${SPAN_ID}-${flags}`
}
