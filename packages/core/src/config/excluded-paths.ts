import { segmentPattern } from '../segment-pattern.js'

/**
 * Builds the test for excluded URL paths: outer slashes optional, `*` is one segment, a pattern covers what
 * lies below it, matched from the root on segment boundaries, the query ignored (R4.6).
 *
 * @example
 * createPathMatcher(['health'])('/health/deep?x=1') // true
 */
export function createPathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const bodies = patterns
    .map((pattern) => pattern.replace(/^\/+|\/+$/g, ''))
    .filter((pattern) => pattern !== '')
    .map((pattern) => segmentPattern(pattern, '/'))
  if (bodies.length === 0) return () => false
  const matcher = new RegExp(`^/+(?:${bodies.join('|')})(?:[/?#]|$)`)
  return (path) => matcher.test(path)
}
