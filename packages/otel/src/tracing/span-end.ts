import { type Attributes, type Span, SpanStatusCode } from '@opentelemetry/api'
import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from '@opentelemetry/semantic-conventions'
import type { UnitOptions } from '@throughline/core'
import { exceptionAttributes, type Scope, spanAttributes, type UnitEnd } from '@throughline/core/binding'
import { addContext } from './context-attributes.js'
import { isKnownMethod, OTHER_METHOD } from './http-method.js'

/** The name of the event that an exception is on a span. */
const EXCEPTION_EVENT = 'exception'

/** Gives a unit's span everything that is known at the end: name, attributes, context, status (R4.5, R5.3). */
export function describeEnd(
  span: Span,
  options: UnitOptions,
  end: UnitEnd,
  scope: Scope | undefined,
  keys: readonly string[],
): void {
  const { span: given } = options
  const own = given === false ? undefined : given
  const attributes = spanAttributes({ ...end.attributes, ...own?.attributes?.() }) as Attributes
  const method = attributes[ATTR_HTTP_REQUEST_METHOD]
  const isOther = method !== undefined && !isKnownMethod(method)
  if (isOther) {
    attributes[ATTR_HTTP_REQUEST_METHOD] = OTHER_METHOD
    attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method
  }
  addContext(attributes, scope, keys)
  if (end.outcome === 'error') describeFailure(span, attributes, end)
  span.setAttributes(attributes)
  const name = own?.name ?? end.name
  if (isOther) span.updateName(name.replace(String(method), 'HTTP'))
  else if (name !== options.name || own?.name !== undefined) span.updateName(name)
}

function describeFailure(span: Span, attributes: Attributes, { error }: UnitEnd): void {
  if (error === undefined) {
    // By the status code alone: the conventions want no description where it can be read from there.
    attributes[ATTR_ERROR_TYPE] ??= String(attributes[ATTR_HTTP_RESPONSE_STATUS_CODE] ?? '_OTHER')
    span.setStatus({ code: SpanStatusCode.ERROR })
  } else attributes[ATTR_ERROR_TYPE] ??= describeError(span, error)
}

/** Sets the status and the exception event of a failed span, redacted as lines are, and returns the error's type. */
export function describeError(span: Span, error: unknown): string {
  const exception = exceptionAttributes(error)
  span.addEvent(EXCEPTION_EVENT, exception)
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception['exception.message'] ?? '' })
  return exception[ATTR_EXCEPTION_TYPE] ?? '_OTHER'
}
