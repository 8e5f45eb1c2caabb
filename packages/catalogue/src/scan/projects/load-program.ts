import { ts } from '../../engine/typescript.js'
import type { ProjectProblem } from './problem.js'
import type { Project } from './project.js'
import type { SourceCache } from './source-cache.js'

/** Makes the program of a project; nothing is checked until a type is asked for. */
export function loadProgram({ files, options, references }: Project, cache: SourceCache): ts.Program {
  return ts.createProgram({
    rootNames: files.toSorted(),
    options,
    projectReferences: references,
    host: cache.hostOf(options),
  })
}

/** Files that the tsconfig names and that do not exist. */
export function missingFiles(program: ts.Program, { config, files }: Project): readonly ProjectProblem[] {
  return files
    .filter((file) => program.getSourceFile(file) === undefined)
    .map((file) => ({
      file: config,
      isFatal: true,
      message: `Its source file ${file} cannot be read. Correct the path under "files", or remove it.`,
    }))
}

/** The first syntax error of a file: what stands behind it cannot be trusted. */
export function syntaxProblem(program: ts.Program, file: ts.SourceFile): ProjectProblem | undefined {
  const [first] = program.getSyntacticDiagnostics(file)
  if (first === undefined) return undefined
  const said = ts.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.?$/, '.')
  return {
    file: file.fileName,
    line: file.getLineAndCharacterOfPosition(first.start).line + 1,
    isFatal: true,
    message: `This file has a syntax error: ${said} Correct it, so that all of its events are found.`,
  }
}
