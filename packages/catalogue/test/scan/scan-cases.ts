import type { CatalogueEvent, CatalogueWarning } from '../../src/catalogue.js'
import { SourceCache } from '../../src/scan/projects/source-cache.js'
import { scanWith } from '../../src/scan/scan.js'
import { type Files, TestProject } from './project.js'

/** One piece of code with what is to be found in it. */
export interface ScanCase {
  readonly id: string
  readonly files: Files
  readonly config?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] }
  readonly expected: Expected
}

export interface Expected {
  readonly entries: readonly CatalogueEvent[]
  readonly warnings: readonly { readonly code: string; readonly at: string }[]
}

export interface CaseResult {
  readonly entries: readonly CatalogueEvent[]
  readonly warnings: readonly CatalogueWarning[]
}

/** Parsed declarations of the libraries, which all programs of a suite share. */
const cache = new SourceCache()

/** Scans cases as folders of one project: a program for each would take a second. */
export function scanCases(cases: readonly ScanCase[]): ReadonlyMap<string, CaseResult> {
  const found = new Map<string, CaseResult>()
  const together = cases.filter(({ config }) => config === undefined)
  const project = new TestProject().configure().install()
  try {
    for (const { id, files } of together) project.write(inFolder(id, files))
    const { events, warnings } = scanWith({ tsconfigs: ['tsconfig.json'], cwd: project.folder }, cache)
    for (const { id } of together) {
      found.set(id, {
        entries: events
          .filter(({ locations }) => locations[0]?.startsWith(`${id}/`))
          .map((event) => ({ ...event, locations: event.locations.map((at) => at.slice(id.length + 1)) })),
        warnings: warnings
          .filter(({ at }) => at.startsWith(`${id}/`))
          .map((warning) => ({ ...warning, at: warning.at.slice(id.length + 1) })),
      })
    }
  } finally {
    project.remove()
  }
  for (const one of cases) if (one.config !== undefined) found.set(one.id, scanAlone(one))
  cache.keepDeclarations()
  return found
}

function scanAlone({ files, config }: ScanCase): CaseResult {
  const project = new TestProject(files).configure().install()
  try {
    const { events, warnings } = scanWith(
      { tsconfigs: ['tsconfig.json'], cwd: project.folder, ...config },
      cache,
    )
    return { entries: events, warnings }
  } finally {
    project.remove()
  }
}

function inFolder(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]))
}

/** Events in a fixed order, because cases are compared as sets. */
export function sorted(entries: readonly CatalogueEvent[]): readonly CatalogueEvent[] {
  return entries.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}
