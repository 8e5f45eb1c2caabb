import { defaultResource } from '@opentelemetry/resources'
import type { LogSink } from '@throughline/core'
import { currentOptions } from '@throughline/core/binding'
import { createLogSink } from '../logs/log-sink.js'

/** Puts records onto the active span as events, as the real sink does, and nowhere else (R7.8). */
export function createSpanEventSink(exportEvents: readonly string[]): LogSink {
  return createLogSink({
    resource: defaultResource(),
    // Without a processor records would go to another set-up's provider.
    processor: { onEmit() {}, async forceFlush() {}, async shutdown() {} },
    exportEvents,
    options: () => currentOptions().log,
  })
}
