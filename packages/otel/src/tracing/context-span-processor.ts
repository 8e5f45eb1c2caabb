import type { Context } from '@opentelemetry/api'
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace'
import { type Scope, SCOPE_KEY } from '@throughline/core/binding'
import { startAttributes } from './context-attributes.js'

/** Copies the context onto every span as it starts, so that a driver's span bears `request.id` too (R8.5). */
export class ContextSpanProcessor implements SpanProcessor {
  constructor(private readonly keys: () => readonly string[]) {}

  onStart(span: Span, parent: Context): void {
    const attributes = startAttributes(parent.getValue(SCOPE_KEY) as Scope | undefined, this.keys())
    if (attributes !== undefined) span.setAttributes(attributes)
  }

  onEnd(): void {}

  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
