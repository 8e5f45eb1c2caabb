import type { Attributes, Span } from '@opentelemetry/api'
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions'
import { type Frame, type OpenSpan, spanAttributes } from '@throughline/core/binding'
import { describeError } from './span-end.js'

/** A span within a unit, or one that begins a trace outside any. */
export class StartedSpan implements OpenSpan {
  #ended = false

  constructor(
    readonly frame: Frame,
    private readonly span: Span,
  ) {}

  setAttributes(attributes: object): void {
    if (this.span.isRecording()) this.span.setAttributes(spanAttributes(attributes) as Attributes)
  }

  end(error?: { readonly thrown: unknown }): void {
    if (this.#ended) return
    this.#ended = true
    if (error !== undefined) this.span.setAttribute(ATTR_ERROR_TYPE, describeError(this.span, error.thrown))
    this.span.end()
  }
}
