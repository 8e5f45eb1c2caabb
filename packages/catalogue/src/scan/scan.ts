import type { Catalogue, CatalogueEvent, CatalogueWarning } from '../catalogue.js'
import { compareText } from '../location.js'
import { attributeText } from './attributes/attribute-set.js'
import { Paths } from './paths.js'
import { projectWarning } from './projects/problem.js'
import { readProjects } from './projects/project.js'
import { SourceCache } from './projects/source-cache.js'
import { SourceFiles } from './projects/source-files.js'
import type { Emission } from './emission.js'
import { type FileFindings, scanProjects } from './scan-projects.js'
import { byPlaceAndCode, byPlaceAndName, placed } from './order.js'

/** What to scan. */
export interface ScanOptions {
  /** Paths of tsconfig files; references are followed, each source file is scanned once. */
  readonly tsconfigs: readonly string[]
  /** Base of relative paths; default `process.cwd()`. */
  readonly cwd?: string | undefined
  /** Globs of files that are scanned although tests, migrations and built files are left out by default. */
  readonly include?: readonly string[] | undefined
  /** Globs of files that are left out, whatever else says that they are scanned. */
  readonly exclude?: readonly string[] | undefined
  /** Told after each file; the total grows where a program has files that its tsconfig does not name. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** One event per place, unmerged; sorted by path, line and name. */
export interface ScanResult extends Catalogue {
  /** False where a project could not be read in full, which W013 tells. */
  readonly loaded: boolean
  /** How many source files were scanned. */
  readonly files: number
}

/**
 * Finds every event that the code of projects writes, from the types of its loggers (C1 to C9). Never throws: what
 * cannot be read is a warning.
 *
 * @example
 * const { events, warnings, loaded } = scan({ tsconfigs: ['tsconfig.json'] })
 */
export function scan(options: ScanOptions): ScanResult {
  return scanWith(options, new SourceCache())
}

/** As `scan`, with files that an earlier scan has parsed. */
export function scanWith(options: ScanOptions, cache: SourceCache): ScanResult {
  const { tsconfigs, cwd = process.cwd(), include, exclude, onProgress } = options
  const paths = new Paths(cwd)
  const { projects, problems } = readProjects(tsconfigs, cwd)
  const sources = new SourceFiles({ include, exclude }, (file) => paths.matched(file))
  const scanned = scanProjects(projects, sources, cache, onProgress)
  const all = [...problems, ...scanned.problems]
  if (scanned.files.length === 0 && !all.some(({ isFatal }) => isFatal)) {
    const [first] = projects
    const message =
      'No source file is left to scan: all are tests, migrations, built or excluded. Name them with --include.'
    if (first !== undefined) all.push({ file: first.config, isFatal: true, message })
  }
  const warnings = all.map((problem) =>
    projectWarning({ ...problem, message: paths.inText(problem.message) }, (file) => paths.shown(file)),
  )
  return {
    events: scanned.files.flatMap((file) => eventsIn(file, paths)).toSorted(byPlaceAndName),
    warnings: [...warnings, ...scanned.files.flatMap((file) => warningsIn(file, paths))].toSorted(
      byPlaceAndCode,
    ),
    loaded: !all.some(({ isFatal }) => isFatal),
    files: scanned.files.length,
  }
}

function eventsIn({ file, found }: FileFindings, paths: Paths): readonly CatalogueEvent[] {
  const path = paths.shown(file)
  return found.flatMap((one) => ('emission' in one ? [eventOf(one.emission, placed(path, one.line))] : []))
}

function eventOf({ name, level, attributes }: Emission, place: string): CatalogueEvent {
  const kinds = [...attributes]
    .map(([key, attribute]) => [key, attributeText(attribute)] as const)
    .toSorted(([one], [other]) => compareText(one, other))
  return { name, level, attributes: Object.fromEntries(kinds), locations: [place] }
}

function warningsIn({ file, found }: FileFindings, paths: Paths): readonly CatalogueWarning[] {
  const path = paths.shown(file)
  return found.flatMap((one) =>
    'finding' in one
      ? [{ code: one.finding.code, at: placed(path, one.line), message: one.finding.message }]
      : [],
  )
}
