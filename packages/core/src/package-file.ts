import { dirname, join } from 'node:path'
import { fs } from './builtins.js'

/** The nearest folder at or above `start` that has a package.json. */
export function packageFolder(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (fs.existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** What a package.json says of its package. */
export interface PackageFile {
  readonly name?: string | undefined
  readonly version?: string | undefined
}

/** The nearest package.json at or above `start`; nothing known where there is none. Never throws. */
export function packageFile(start: string): PackageFile {
  try {
    const folder = packageFolder(start)
    if (folder === undefined) return {}
    const { name, version } = JSON.parse(fs.readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile
    return { name: textOf(name), version: textOf(version) }
  } catch {
    return {}
  }
}

/** The package of the program that Node was started with, else that of the working directory. Never throws. */
export function programPackage(): PackageFile {
  const program = process.argv[1]
  const own = program === undefined ? {} : packageFile(dirname(program))
  if (own.name !== undefined || own.version !== undefined) return own
  try {
    return packageFile(process.cwd())
  } catch {
    // The working directory may have been removed.
    return {}
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
