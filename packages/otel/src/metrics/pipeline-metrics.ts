import type { Meter } from '@opentelemetry/api'
import { pipelineCounts } from '@throughline/core/binding'
import type { Drops } from '../export/drops.js'

/** What became of lines and exports, read from the pipeline's own counts when metrics are collected (R8.3). */
export function observePipeline(meter: Meter, drops: Drops): void {
  meter
    .createObservableCounter('throughline.log.lines', {
      description: 'Lines written to the console.',
      unit: '{line}',
    })
    .addCallback((result) => result.observe(pipelineCounts().written))
  meter
    .createObservableCounter('throughline.log.lines.dropped', {
      description: 'Lines that did not reach the console, and records lost to a failing sink.',
      unit: '{line}',
    })
    .addCallback((result) => {
      const { dropped, failed } = pipelineCounts()
      result.observe(dropped, { reason: 'console' })
      result.observe(failed, { reason: 'error' })
    })
  meter
    .createObservableCounter('throughline.export.dropped', {
      description: 'Spans, log records and data points that did not reach the collector.',
      unit: '{item}',
    })
    .addCallback((result) => {
      for (const { signal, reason, count } of drops.list()) result.observe(count, { signal, reason })
    })
}
