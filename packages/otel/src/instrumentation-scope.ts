import { module } from './builtins.js'

interface PackageFile {
  name: string
  version: string
}

const require = module.createRequire(import.meta.url)

/** Name and version of what writes our records and spans, read where they are installed (R7.14). */
export const SCOPE: { readonly name: string; readonly version: string } = scopeOf('@throughline/core')

function scopeOf(name: string): PackageFile {
  const { version } = require(`${name}/package.json`) as PackageFile
  return { name, version }
}
