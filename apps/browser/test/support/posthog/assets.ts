import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const dist = join(dirname(createRequire(import.meta.url).resolve('posthog-js/package.json')), 'dist')

/** A script of the real posthog-js, as `/static/<name>.js` has it; undefined for one that there is not. */
export function asset(path: string): Buffer | undefined {
  const name = /^\/static\/(?:[\d.]+\/)?([\w-]+\.js)$/.exec(path)?.[1]
  if (name === undefined) return undefined
  try {
    return readFileSync(join(dist, name))
  } catch {
    return undefined
  }
}
