import type { ts } from '../engine/typescript.js'
import { createClassicEngine } from '../engine/classic-engine.js'
import { loadProgram, missingFiles, syntaxProblem } from './projects/load-program.js'
import type { ProjectProblem } from './projects/problem.js'
import type { Project } from './projects/project.js'
import { owners } from './projects/owners.js'
import type { SourceCache } from './projects/source-cache.js'
import type { SourceFiles } from './projects/source-files.js'
import { FileScanner, type Found } from './scan-file.js'

/** What a file holds. */
export interface FileFindings {
  /** Absolute path. */
  readonly file: string
  readonly found: readonly Found[]
}

/** What the files of projects hold, and which could not be read. */
export interface Scanned {
  readonly files: readonly FileFindings[]
  readonly problems: readonly ProjectProblem[]
}

/** Scans one project after the other, so that one program at a time is in memory; each file once. */
export function scanProjects(
  projects: readonly Project[],
  sources: SourceFiles,
  cache: SourceCache,
  onProgress?: (done: number, total: number) => void,
): Scanned {
  const ownerOf = owners(projects)
  const files = new Map<string, FileFindings>()
  const problems: ProjectProblem[] = []
  let total = [...ownerOf].filter(([file, project]) => sources.isScanned(file, project)).length
  for (const project of projects) {
    if (project.files.length === 0) continue
    for (const { file, found, problem } of scanProject(project, cache, (source) => {
      const owner = ownerOf.get(source.fileName) ?? project
      return owner === project && !files.has(source.fileName) && sources.isScanned(source.fileName, project)
    })) {
      if (problem !== undefined) problems.push(problem)
      if (found === undefined) continue
      files.set(file, { file, found })
      total = Math.max(total, files.size)
      onProgress?.(files.size, total)
    }
  }
  return { files: [...files.values()], problems }
}

interface Step {
  readonly file: string
  readonly found?: readonly Found[]
  readonly problem?: ProjectProblem | undefined
}

function* scanProject(
  project: Project,
  cache: SourceCache,
  isWanted: (file: ts.SourceFile) => boolean,
): Generator<Step> {
  try {
    const program = loadProgram(project, cache)
    for (const problem of missingFiles(program, project)) yield { file: problem.file, problem }
    const scanner = new FileScanner(createClassicEngine(program))
    for (const file of program.getSourceFiles()) if (isWanted(file)) yield scanFile(file, program, scanner)
  } catch (error) {
    yield { file: project.config, problem: failed(project.config, error) }
  }
}

function scanFile(file: ts.SourceFile, program: ts.Program, scanner: FileScanner): Step {
  try {
    return { file: file.fileName, found: scanner.scan(file), problem: syntaxProblem(program, file) }
  } catch (error) {
    return { file: file.fileName, found: [], problem: failed(file.fileName, error) }
  }
}

/** A fault of the checker or of this scanner must not pass for a file without events. */
function failed(file: string, error: unknown): ProjectProblem {
  return {
    file,
    isFatal: true,
    message: `It could not be analysed: ${error instanceof Error ? error.message : String(error)}. Leave it out with --exclude, and report it.`,
  }
}
