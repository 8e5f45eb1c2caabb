import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Whether every user may enter this folder: its own mode and that of each one above it. */
export function isOpenToOthers(folder: string): boolean {
  const path = resolve(folder)
  if ((statSync(path).mode & 0o001) === 0) return false
  return dirname(path) === path || isOpenToOthers(dirname(path))
}

/**
 * Makes a private folder for one server's data. Root hands it to another user for PostgreSQL,
 * so a TMPDIR that only root may enter (libpam-tmpdir makes such) is passed over.
 */
export function makeTempFolder(server: string): string {
  const isRoot = process.getuid?.() === 0
  const base = isRoot ? [tmpdir(), '/tmp', '/var/tmp'].find(isOpenToOthers) : undefined
  return mkdtempSync(join(base ?? tmpdir(), `throughline-${server}-`))
}
