import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Shows files from the git root, else from the working directory, else with their whole path (C11). */
export class Paths {
  readonly #roots = new Map<string, string | undefined>()
  readonly #cwd: string

  constructor(cwd: string) {
    this.#cwd = realPath(cwd)
  }

  /** The path that a catalogue shows, with slashes. */
  shown(file: string): string {
    const own = gitRootOf(this.#cwd, this.#roots)
    const root = [own, gitRootOf(dirname(file), this.#roots), this.#cwd].find(
      (folder) => folder !== undefined && isInside(file, folder),
    )
    return slashed(root === undefined ? file : relative(root, file))
  }

  /** The paths by which a glob may mean a file: as it is shown, and as the working directory sees it. */
  matched(file: string): readonly string[] {
    const shown = this.shown(file)
    const seen = slashed(relative(this.#cwd, file))
    return shown === seen || seen.startsWith('../') ? [shown] : [shown, seen]
  }

  /** A message with the paths in it as they are shown. */
  inText(text: string): string {
    return text.replaceAll(/(?<![\w.])(?:[A-Za-z]:)?\/[^\s'"]+/g, (path) => this.shown(path))
  }
}

function gitRootOf(folder: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder)
  const above = dirname(folder)
  const found = existsSync(join(folder, '.git'))
    ? folder
    : above === folder
      ? undefined
      : gitRootOf(above, known)
  known.set(folder, found)
  return found
}

function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && !/^\.\.(?:[\\/]|$)/.test(path) && !/^(?:[A-Za-z]:|[\\/])/.test(path)
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
