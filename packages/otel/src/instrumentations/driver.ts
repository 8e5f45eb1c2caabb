import { join, resolve, sep } from 'node:path'
import { fs, module } from '../builtins.js'

/** A file of an installed package. */
export interface PackageFile {
  /** Name of the package. */
  readonly name: string
  /** Its folder. */
  readonly base: string
  /** Path below that folder, with `/`. */
  readonly path: string
}

const NODE_MODULES = 'node_modules'
/** It need not be there: packages are looked for from its folder upwards. */
const ANY_FILE = 'main.js'

/** CommonJS modules loaded so far; ES modules bring CommonJS drivers in here too. */
export const loadedModules: NodeJS.Dict<NodeJS.Module> = module.createRequire(import.meta.url).cache

/** Whether one of these packages is loaded already, or can be by the application: from its main file or the cwd. */
export function isInstalled(names: readonly string[]): boolean {
  return (
    isLoaded(names) || applicationFolders().some((folder) => names.some((name) => resolves(name, folder)))
  )
}

function isLoaded(names: readonly string[]): boolean {
  return Object.keys(loadedModules).some((file) => {
    const found = packageFile(file)
    return found !== undefined && names.includes(found.name)
  })
}

/** The package that a file belongs to, by the innermost `node_modules`. */
export function packageFile(file: string): PackageFile | undefined {
  const parts = file.split(sep)
  const first = parts.lastIndexOf(NODE_MODULES) + 1
  if (first === 0) return undefined
  const end = parts[first]?.startsWith('@') === true ? first + 2 : first + 1
  return {
    name: parts.slice(first, end).join('/'),
    base: parts.slice(0, end).join(sep),
    path: parts.slice(end).join('/'),
  }
}

/** A main file may be reached through a symlink, as those in `node_modules/.bin` are. */
function applicationFolders(): string[] {
  const main = process.argv[1]
  const folders = main === undefined ? [] : [resolve(main), realPath(resolve(main))]
  return [...new Set([...folders, workingFolder()])].filter((folder) => folder !== undefined)
}

function realPath(path: string): string | undefined {
  try {
    return fs.realpathSync(path)
  } catch {
    return undefined
  }
}

/** Undefined where it has been removed. */
function workingFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

function resolves(name: string, folder: string): boolean {
  try {
    module.createRequire(join(folder, ANY_FILE)).resolve(name)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  }
}
