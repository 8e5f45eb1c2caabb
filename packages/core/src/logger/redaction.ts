import { segmentPattern } from '../segment-pattern.js'

/** What stands in place of a secret in every sink (R7.11). */
export const REDACTED = '[REDACTED]'

/** Names whose values never leave the process, at any depth. */
export const DEFAULT_REDACTED: readonly string[] = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'token',
  'secret',
  'api_key',
]

/** Tells whether the value at a dotted attribute path is a secret. */
export type Redaction = (path: string) => boolean

/**
 * Builds the test for secrets: a plain name matches the last dotted segment of any key at any depth,
 * without case and with `-` = `_`; a name with `.` or `*` is a whole path, `*` being one segment (R7.11).
 *
 * @example
 * createRedaction(['password', 'card.*.number'])('user.Password') // true
 */
export function createRedaction(names: readonly string[]): Redaction {
  const plain = new Set<string>()
  const paths: string[] = []
  for (const name of names) {
    if (/[.*]/.test(name)) paths.push(segmentPattern(fold(name), '.'))
    else plain.add(fold(name))
  }
  const pattern = paths.length > 0 ? new RegExp(`^(?:${paths.join('|')})$`) : undefined
  return (path) => {
    const folded = fold(path)
    return plain.has(folded.slice(folded.lastIndexOf('.') + 1)) || pattern?.test(folded) === true
  }
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll('-', '_')
}
