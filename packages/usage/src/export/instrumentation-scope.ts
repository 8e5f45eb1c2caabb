import { createRequire } from 'node:module'

const NAME = '@throughline/usage'

/** Name and version of what counts, read where it is installed (R7.14); a bundle has no such file. */
export const SCOPE: { readonly name: string; readonly version: string } = {
  name: NAME,
  version: readVersion(),
}

function readVersion(): string {
  try {
    const { version } = createRequire(import.meta.url)(`${NAME}/package.json`) as { version: string }
    return version
  } catch {
    return ''
  }
}
