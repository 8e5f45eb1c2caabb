import type { Files } from '../project.js'
import type { CaseResult, ScanCase } from '../scan-cases.js'

/** Code, and what is to be found in it as lines of text: `a.ts:3 info orders.placed | id: number`. */
export interface WrittenCase {
  /** A sentence. */
  readonly title: string
  /** One file `a.ts`, or several; a line break at the start is left out. */
  readonly code: string | Files
  readonly finds: readonly string[]
}

/** A case with a folder of its own. */
export function asScanCase({ code }: WrittenCase, id: string): ScanCase {
  const files = typeof code === 'string' ? { 'a.ts': code } : code
  return {
    id,
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(/^\n/, '')])),
    expected: { entries: [], warnings: [] },
  }
}

/** Events and warnings as a case writes them. */
export function asLines({ entries, warnings }: CaseResult): readonly string[] {
  const events = entries.map(({ locations, level, name, attributes }) => {
    const keys = Object.entries(attributes).map(([key, kinds]) => `${key}: ${kinds}`)
    return `${locations.join(' ')} ${level} ${name}${keys.length > 0 ? ` | ${keys.join(', ')}` : ''}`
  })
  return [...events, ...warnings.map(({ code, at }) => `${at} ${code}`)]
}

export const CORE = `import { getLogger, type Logger } from '@throughline/core'`
