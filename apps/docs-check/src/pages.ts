import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A Markdown page of the repository. */
export interface Page {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The pages that this package answers for: those at the root, `docs/`, and each package's README. */
export function readPages(): Page[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll(sep, '/')}`)
  const readmes = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`)
  return ['README.md', 'CONTRIBUTING.md', ...docs.toSorted(), ...readmes]
    .filter((path) => existsSync(join(root, path)))
    .map(readPage)
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}
