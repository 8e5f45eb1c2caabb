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

/** Which attributes are secrets. */
export interface Redaction {
  /** Whether the value at a dotted attribute path is a secret. */
  redacts(path: string): boolean
  /** Whether whole paths were named: otherwise a key alone tells, wherever it stands. */
  readonly hasPaths: boolean
}

/**
 * Builds the test for secrets: a plain name matches the last dotted segment of any key at any depth,
 * without case and with `-` = `_`; a name with `.` or `*` is a whole path, `*` being one segment (R7.11).
 *
 * @example
 * createRedaction(['password', 'card.*.number']).redacts('user.Password') // true
 */
export function createRedaction(names: readonly string[]): Redaction {
  const plain = new Set<string>()
  const paths: string[] = []
  for (const name of names) {
    if (/[.*]/.test(name)) paths.push(segmentPattern(fold(name), '.'))
    else plain.add(fold(name))
  }
  const pattern = paths.length > 0 ? new RegExp(`^(?:${paths.join('|')})$`) : undefined
  return {
    hasPaths: pattern !== undefined,
    redacts(path) {
      const folded = fold(path)
      return plain.has(folded.slice(folded.lastIndexOf('.') + 1)) || pattern?.test(folded) === true
    },
  }
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll('-', '_')
}
