import type { LogRecord } from '@throughline/core'
import { notACapture } from '../errors.js'
import { type Equals, mismatches } from './attribute-match.js'
import { foundText, missingText } from './failure-text.js'
import { isEvent, lineOf } from './line.js'

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
}

/** What Jest and Vitest bind a matcher to, as far as it is used here. */
export interface MatcherContext {
  readonly equals: Equals
  readonly isNot?: boolean
  readonly utils: {
    matcherHint(name: string, received?: string, expected?: string, options?: { isNot?: boolean }): string
    printReceived(value: unknown): string
    printExpected(value: unknown): string
  }
}

/** A matcher's verdict. */
export interface MatcherResult {
  pass: boolean
  message(): string
}

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
    const { equals, utils, isNot } = this
    const records = recordsOf('toHaveLogged', received)
    const matching = records.filter(
      (record) => isEvent(record, event) && mismatches(lineOf(record), attrs, equals).length === 0,
    )
    return {
      pass: matching.length > 0,
      message: () => {
        const hint = utils.matcherHint('toHaveLogged', 'telemetry', 'event, attrs', { isNot })
        const asked = `${utils.printExpected(event)}${Object.keys(attrs).length > 0 ? ` ${utils.printExpected(attrs)}` : ''}`
        const why =
          matching.length > 0 ? foundText(matching) : missingText(records, { event, attrs }, equals, utils)
        return `${hint}\n\nExpected${isNot === true ? ' not' : ''}: ${asked}\n\n${why}`
      },
    }
  },
}

function recordsOf(matcher: string, received: unknown): readonly LogRecord[] {
  const logs = (received as { logs?: unknown } | null | undefined)?.logs
  if (!Array.isArray(logs)) throw notACapture(matcher, received)
  return logs as LogRecord[]
}
