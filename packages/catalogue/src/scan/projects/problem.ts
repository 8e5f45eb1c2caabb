import type { CatalogueWarning } from '../../catalogue.js'

/** Why a project, or a part of it, could not be read. */
export interface ProjectProblem {
  /** Absolute path of the file. */
  readonly file: string
  /** From 1, where a line is to blame. */
  readonly line?: number | undefined
  readonly message: string
  /** Whether what was read cannot stand for the whole: exit code 2. */
  readonly isFatal: boolean
}

/** The warning of a problem (W013), with paths as a catalogue shows them. */
export function projectWarning(
  { file, line, message }: ProjectProblem,
  pathOf: (file: string) => string,
): CatalogueWarning {
  const path = pathOf(file)
  return { code: 'W013', at: line === undefined ? path : `${path}:${line}`, message }
}
