/**
 * Comments that begin a line. Others stay: a `/*` may stand in a glob, and a specifier found in a
 * comment at the end of a line is only a false alarm.
 */
const COMMENTS = /^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm

const FORMS = [
  // import x from 'a', import type { x } from 'a', export * from 'a', over several lines too
  /^[ \t]*(?:import|export)\b[^'"`;=]*?\bfrom\s*(['"])(?<specifier>[^'"]+)\1/gm,
  // import 'a'
  /^[ \t]*import\s*(['"])(?<specifier>[^'"]+)\1/gm,
  // import('a') as a value and as a type, import.meta.resolve('a'), require('a'), require.resolve('a')
  /\b(?:import|import\.meta\.resolve|require|require\.resolve)\s*\(\s*(['"`])(?<specifier>[^'"`$]+)\1/g,
  // declare module 'a', declare global augmentations of another package
  /^[ \t]*declare\s+module\s+(['"])(?<specifier>[^'"]+)\1/gm,
]

/** Every module that a TypeScript or JavaScript source names: `{ specifier, line }`, by line. */
export function findImports(source) {
  const code = source.replace(COMMENTS, (comment) => comment.replace(/[^\n]/g, ' '))
  return FORMS.flatMap((form) => [...code.matchAll(form)])
    .map(({ index, 0: text, groups }) => ({
      specifier: groups.specifier,
      line: code.slice(0, index + text.length).split('\n').length,
    }))
    .toSorted((a, b) => a.line - b.line)
}
