import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../rows/', import.meta.url)

/** The names of all rows: each is a folder with a `row.mjs`. */
export const ROW_NAMES = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()

/** A row, its variants' scripts as paths. */
export async function loadRow(name) {
  const { row } = await import(new URL(`${name}/row.mjs`, folder).href)
  const variants = Object.entries(row.variants).map(([variant, options]) => ({
    ...options,
    name: variant,
    script: fileURLToPath(new URL(`${name}/${options.script}`, folder)),
  }))
  return { ...row, name, variants }
}
