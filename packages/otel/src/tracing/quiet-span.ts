import { type Span, type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api'

/** The span of a unit that is not sampled: ids to propagate and to log, and nothing else (flags 00). */
export class QuietSpan implements Span {
  readonly #context: SpanContext

  constructor(traceId: string, spanId: string, traceState?: TraceState) {
    this.#context =
      traceState === undefined
        ? { traceId, spanId, traceFlags: TraceFlags.NONE }
        : { traceId, spanId, traceFlags: TraceFlags.NONE, traceState }
  }

  spanContext(): SpanContext {
    return this.#context
  }

  isRecording(): boolean {
    return false
  }

  setAttribute(): this {
    return this
  }

  setAttributes(): this {
    return this
  }

  addEvent(): this {
    return this
  }

  addLink(): this {
    return this
  }

  addLinks(): this {
    return this
  }

  setStatus(): this {
    return this
  }

  updateName(): this {
    return this
  }

  recordException(): void {}
  end(): void {}
}
