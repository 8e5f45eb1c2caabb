import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { findImports } from './checks/find-imports.mjs'
import { importProblem } from './checks/import-rules.mjs'
import { root, workspacePackages } from './toolchain/workspace.mjs'

/** Lists every import that goes the wrong way; the exit code tells whether there is one. */
const problems = workspacePackages().flatMap(({ folder }) =>
  sources(folder).flatMap((path) => problemsOf(folder, path)),
)

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1

function sources(folder) {
  return ['src', 'test'].flatMap((part) =>
    list(join(root, folder, part))
      .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
      .map((path) => `${part}/${path.split(sep).join('/')}`),
  )
}

function list(folder) {
  try {
    return readdirSync(folder, { recursive: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

function problemsOf(folder, path) {
  const file = { package: folder.replace(/^packages\//, ''), path, isTest: path.startsWith('test/') }
  return findImports(readFileSync(join(root, folder, path), 'utf8')).flatMap(({ specifier, line }) => {
    const problem = importProblem(file, specifier)
    return problem === undefined
      ? []
      : [`${folder}/${path}:${line}: may not import "${specifier}": ${problem}`]
  })
}
