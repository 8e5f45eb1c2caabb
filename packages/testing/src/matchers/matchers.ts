import type { LogRecord } from '@throughline/core'
import type { ReadableSpan } from '@throughline/otel/capture'
import { notACapture } from '../errors.js'
import { RECORDS, recordSighting } from './record-sighting.js'
import { SPANS, spanSighting } from './span-sighting.js'
import { type MatcherContext, type MatcherResult, verdict } from './verdict.js'

/** The matchers as `expect(…)` offers them; `R` is what the test runner's matchers return. */
export interface TelemetryMatchers<R> {
  /**
   * Passes when an event was logged, named as it was written or with its domain.
   *
   * `attrs` is a subset of the line: attributes over context, besides `level`, `logger`, `trace_id` and
   * `span_id`. Asymmetric matchers work; undefined means that the key is absent.
   *
   * @example
   * expect(telemetry).toHaveLogged('draft.pick_made', { 'hero.id': 42, 'request.id': expect.any(String) })
   */
  toHaveLogged(event: string, attrs?: object): R

  /**
   * Passes when a span of that name has ended.
   *
   * `attrs` is a subset of its attributes, besides `kind` (`server`, `client`, `producer`, `consumer`,
   * `internal`), `status` (`unset`, `ok`, `error`), `trace_id`, `span_id` and `parent_span_id`. Asymmetric
   * matchers work; undefined means that the key is absent.
   *
   * @example
   * expect(telemetry).toHaveSpan('POST /picks', { kind: 'server', 'http.response.status_code': 201 })
   */
  toHaveSpan(name: string, attrs?: object): R
}

const LOGGED = { matcher: 'toHaveLogged', args: 'event, attrs', wording: RECORDS }
const SPAN = { matcher: 'toHaveSpan', args: 'name, attrs', wording: SPANS }

/**
 * The matchers for `expect.extend` of Jest and Vitest.
 *
 * Importing `@throughline/testing/jest` or `/vitest` does it, types included.
 *
 * @example
 * expect.extend(matchers)
 */
export const matchers = {
  toHaveLogged(this: MatcherContext, received: unknown, event: string, attrs: object = {}): MatcherResult {
    const records = listOf<LogRecord>('logs', LOGGED.matcher, received)
    const sightings = records.map((record) => recordSighting(record, event))
    return verdict(this, LOGGED, sightings, { name: event, attrs })
  },

  toHaveSpan(this: MatcherContext, received: unknown, name: string, attrs: object = {}): MatcherResult {
    const spans = listOf<ReadableSpan>('spans', SPAN.matcher, received)
    const sightings = spans.map((span) => spanSighting(span, name))
    return verdict(this, SPAN, sightings, { name, attrs })
  },
}

/** A list of a capture, for whoever may have passed something else. */
function listOf<T>(part: 'logs' | 'spans', matcher: string, received: unknown): readonly T[] {
  const list = (received as Record<string, unknown> | null | undefined)?.[part]
  if (!Array.isArray(list)) throw notACapture(matcher, received)
  return list as T[]
}
