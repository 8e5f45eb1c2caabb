import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace'
import { slot } from '@throughline/core/binding'

/** Shows every span that ends to the captures that are open; there are none outside tests. */
export class CaptureSpanProcessor implements SpanProcessor {
  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    const { captures } = slot
    if (captures === undefined) return
    for (const collector of captures.collectors) collector.spanEnded(span)
  }

  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
