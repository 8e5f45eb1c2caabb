import { ts } from '../../engine/typescript.js'
import type { ProjectProblem } from './problem.js'

/** No inputs were found, or `files` is an empty list. */
const EMPTY = [18_002, 18_003]
/** A file that is extended cannot be read, is missing, or extends itself. */
const BROKEN = [5_012, 5_083, 6_053, 18_000]

/** What is wrong with a tsconfig; a setting that only a newer or older compiler knows does not stop the scan. */
export function configProblems(
  config: string,
  diagnostics: readonly ts.Diagnostic[],
): readonly ProjectProblem[] {
  return diagnostics.map((diagnostic) => ({
    file: diagnostic.file?.fileName ?? config,
    line: lineOf(diagnostic),
    isFatal: isFatal(diagnostic.code),
    message: messageOf(diagnostic),
  }))
}

function isFatal(code: number): boolean {
  return isSyntax(code) || EMPTY.includes(code) || BROKEN.includes(code)
}

/** Errors of the parser have the numbers from 1000. */
function isSyntax(code: number): boolean {
  return code >= 1_000 && code < 2_000
}

function messageOf({ code, messageText }: ts.Diagnostic): string {
  const said = sentence(ts.flattenDiagnosticMessageText(messageText, ' '))
  if (EMPTY.includes(code))
    return 'This project has no source files. Correct "files" or "include", or name another tsconfig.'
  if (isSyntax(code)) return `This tsconfig cannot be read: ${said} Correct it there.`
  if (BROKEN.includes(code)) return `This tsconfig cannot be read in full: ${said} Correct "extends".`
  return `A setting of this tsconfig was passed over: ${said} Correct it, or remove it.`
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

function lineOf({ file, start }: ts.Diagnostic): number | undefined {
  return file === undefined || start === undefined
    ? undefined
    : ts.getLineAndCharacterOfPosition(file, start).line + 1
}
