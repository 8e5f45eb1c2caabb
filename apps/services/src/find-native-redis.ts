import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Redis first: it is what Debian and Homebrew bring under its own name. */
const NAMES = ['redis-server', 'valkey-server']

/**
 * The path of the first `redis-server`, else of the first `valkey-server`, on the PATH.
 *
 * @example
 * findNativeRedis() // '/usr/bin/redis-server'
 */
export function findNativeRedis(path = process.env['PATH'] ?? ''): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
