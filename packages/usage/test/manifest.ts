import { readFileSync } from 'node:fs'

/** The package.json of this package. */
export function manifest(): { readonly version: string; readonly files: readonly string[] } {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as ReturnType<
    typeof manifest
  >
}
