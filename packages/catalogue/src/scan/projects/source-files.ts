import { dirname, relative } from 'node:path'
import picomatch from 'picomatch'
import type { ts } from '../../engine/typescript.js'
import type { Project } from './project.js'

/** Which files are scanned besides those that are by default. */
export interface FileFilter {
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
}

/** Folders whose code runs in no production (C9). */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  '__mocks__',
  '__tests__',
  'migrations',
  'node_modules',
  'test',
  'tests',
])
/** `orders.spec.ts`, `orders.e2e-spec.ts`, `orders.test.tsx`. */
const SKIPPED_FILE = /\.(?:\w+-)?(?:spec|test)\.[cm]?[jt]sx?$/

/** Decides which files of a program are scanned. */
export class SourceFiles {
  readonly #includes: (path: string) => boolean
  readonly #excludes: (path: string) => boolean

  constructor(
    { include = [], exclude = [] }: FileFilter,
    private readonly pathsOf: (file: string) => readonly string[],
  ) {
    this.#includes = matcher(include)
    this.#excludes = matcher(exclude)
  }

  /** What is excluded stays out, what is included comes back in, and the rest is as is usual. */
  isScanned(file: string, { config, options }: Project): boolean {
    if (/\.d\.(?:\w+\.)?[cm]?ts$|\.json$/.test(file)) return false
    const paths = this.pathsOf(file)
    if (paths.some(this.#excludes)) return false
    return paths.some(this.#includes) || !isSkipped(file, dirname(config), options)
  }
}

function matcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false
  const matches = picomatch(
    globs.map((glob) => glob.replace(/^\.\//, '')),
    { dot: true },
  )
  const base = globs.filter((glob) => !glob.includes('/'))
  const matchesBase = base.length === 0 ? undefined : picomatch(base, { dot: true })
  return (path) => matches(path) || matchesBase?.(path.slice(path.lastIndexOf('/') + 1)) === true
}

/** Only folders within the project count: where the project itself lies says nothing of its code. */
function isSkipped(file: string, folder: string, { outDir, declarationDir }: ts.CompilerOptions): boolean {
  const isBuilt = [outDir, declarationDir].some(
    (built) => built !== undefined && built !== folder && file.startsWith(`${built}/`),
  )
  if (isBuilt || SKIPPED_FILE.test(file)) return true
  const segments = relative(folder, file).split(/[\\/]/)
  return segments.slice(0, -1).some((segment) => SKIPPED_FOLDERS.has(segment))
}
