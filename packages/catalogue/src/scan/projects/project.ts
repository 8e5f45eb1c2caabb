import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ts } from '../../engine/typescript.js'
import { configProblems } from './config-problems.js'
import type { ProjectProblem } from './problem.js'

/** A project as its tsconfig describes it. */
export interface Project {
  /** Absolute path of the tsconfig, without symbolic links. */
  readonly config: string
  readonly files: readonly string[]
  readonly options: ts.CompilerOptions
  readonly references: readonly ts.ProjectReference[]
}

/** Projects by the path of their tsconfig, and what could not be read. */
export interface Projects {
  readonly projects: readonly Project[]
  readonly problems: readonly ProjectProblem[]
}

/** Nothing is written, so what only matters to writing is switched off. */
const READ_ONLY: ts.CompilerOptions = {
  composite: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  incremental: false,
  inlineSourceMap: false,
  noEmit: true,
  skipLibCheck: true,
  sourceMap: false,
}

/** Reads tsconfigs and all that they refer to; the order in which they are named does not matter (C1). */
export function readProjects(tsconfigs: readonly string[], cwd: string): Projects {
  const projects = new Map<string, Project>()
  const problems: ProjectProblem[] = []
  const visit = (path: string, from: string | undefined): void => {
    const config = configPath(path)
    if (config === undefined) {
      problems.push(missing(path, from))
      return
    }
    if (projects.has(config)) return
    const { project, problems: own } = readProject(config)
    projects.set(config, project)
    problems.push(...own)
    for (const reference of project.references) visit(ts.resolveProjectReferencePath(reference), config)
  }
  for (const path of tsconfigs) visit(resolve(cwd, path), undefined)
  if (tsconfigs.length === 0) problems.push(missing(resolve(cwd, 'tsconfig.json'), undefined))
  return { projects: [...projects.values()].toSorted((a, b) => (a.config < b.config ? -1 : 1)), problems }
}

function configPath(path: string): string | undefined {
  try {
    const file = statSync(path).isDirectory() ? join(path, 'tsconfig.json') : path
    return existsSync(file) ? realpathSync(file).replaceAll('\\', '/') : undefined
  } catch {
    return undefined
  }
}

function missing(path: string, from: string | undefined): ProjectProblem {
  return {
    file: from ?? path,
    isFatal: true,
    message:
      from === undefined
        ? 'There is no such tsconfig. Name one that exists, or run in the folder that has it.'
        : `Its reference to ${path} leads nowhere. Correct the path under "references", or remove it.`,
  }
}

function readProject(config: string): { project: Project; problems: readonly ProjectProblem[] } {
  const unreadable: ts.Diagnostic[] = []
  const parsed = ts.getParsedCommandLineOfConfigFile(config, READ_ONLY, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => unreadable.push(diagnostic),
  })
  const project = {
    config,
    files: parsed?.fileNames ?? [],
    options: parsed?.options ?? {},
    references: parsed?.projectReferences ?? [],
  }
  // The compiler makes what it can of broken JSON and does not say so here.
  const broken = ts.readConfigFile(config, (path) => ts.sys.readFile(path)).error
  const found = broken === undefined ? [...unreadable, ...(parsed?.errors ?? [])] : [broken]
  return { project, problems: configProblems(config, found) }
}
