import type { FinishedUnit } from '@throughline/core'
import { getContext } from '@throughline/core'
import type { IdentifyMode } from '../config/config.js'
import { contextProperties, currentTrace, type TraceIds } from '../event/context-properties.js'
import { plainProperties } from '../event/plain-properties.js'
import { currentRequest } from '../request/noted-requests.js'
import { readRequest, type RequestFacts, type UserReader } from '../request/request.js'
import { distinctIdOf, userProperties } from '../user/identity.js'
import { member, type PosthogUser, readId } from '../user/user.js'
import { copyError } from './error-copy.js'

/** What a caller of `captureException` knows besides the error. */
export interface ExceptionOptions {
  /** Whom it happened to; default the user of the request, else `anonymous`. Of no effect in mode `none`. */
  distinctId?: string | number | undefined
  /** The request it happened in, of Express or Fastify; default the one that is under way. */
  request?: unknown
  /** They win over everything else. */
  properties?: object | undefined
}

/** An exception ready to be sent, whenever that is. */
export interface ExceptionEvent {
  readonly error: Error
  readonly distinctId: string
  readonly properties: Record<string, unknown>
}

/** Makes the event of an error that a caller brings (P4). Never throws. */
export function explicitException(
  thrown: unknown,
  options: ExceptionOptions | undefined,
  mode: IdentifyMode,
  userOf: UserReader | undefined,
): ExceptionEvent {
  const given = (name: keyof ExceptionOptions): unknown =>
    typeof options === 'object' && options !== null ? member(options, name) : undefined
  const facts = readRequest(given('request') ?? currentRequest(), userOf)
  const user = userIn(getContext()['user.id'], facts)
  return {
    error: copyError(thrown),
    distinctId: distinctIdOf(mode, given('distinctId'), user),
    properties: {
      ...contextProperties(),
      ...traceLink(currentTrace()),
      ...factProperties(facts),
      ...userProperties(mode, user),
      ...plainProperties(given('properties')),
    },
  }
}

/** Makes the event of the error that a unit of work ended with (P12); called in the unit's context. Never throws. */
export function unitException(
  { kind, error, attributes, context, traceId, spanId }: FinishedUnit,
  mode: IdentifyMode,
  userOf: UserReader | undefined,
): ExceptionEvent {
  const facts = readRequest(currentRequest(), userOf)
  const user = userIn(context['user.id'], facts)
  const trace = { traceId, spanId }
  return {
    error: copyError(error),
    distinctId: distinctIdOf(mode, undefined, user),
    properties: {
      component: kind,
      ...contextProperties(context, trace),
      ...traceLink(trace),
      ...factProperties({
        ...facts,
        ...textOf('path', attributes['url.path']),
        ...textOf('method', attributes['http.request.method']),
      }),
      ...textOf('route', attributes['http.route']),
      ...userProperties(mode, user),
    },
  }
}

/** The id is that of the log's lines, where they have one. */
function userIn(contextId: unknown, { user }: RequestFacts): PosthogUser | undefined {
  const id = readId(contextId)
  return id === undefined ? user : { ...user, id }
}

/** By these names PostHog itself links an exception to a span, and to the recording of a session. */
function traceLink({ traceId, spanId }: TraceIds = {}): Record<string, string> {
  return traceId === undefined || spanId === undefined ? {} : { $trace_id: traceId, $span_id: spanId }
}

function factProperties({ path, method, sessionId }: RequestFacts): Record<string, string> {
  return {
    ...(path !== undefined && { path }),
    ...(method !== undefined && { method }),
    ...(sessionId !== undefined && { $session_id: sessionId }),
  }
}

function textOf(name: string, value: unknown): Record<string, string> {
  return typeof value === 'string' ? { [name]: value } : {}
}
