import { randomBytes } from 'node:crypto'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listen } from './listen.js'
import { type StartedServer } from './message.js'
import { postgresBinaries, type Owner } from './postgres-binaries.js'
import { run } from './run.js'

/** PostgreSQL refuses to run as root; any user with an account will do, and `nobody` is everywhere. */
const NOBODY: Owner = { uid: 65_534, gid: 65_534 }

/** TCP on loopback only; nothing outlives its folder, so durability would only cost time. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'timezone=UTC',
  'log_timezone=UTC',
]

/** Makes a cluster in the folder and starts it, on loopback only, with a password of its own. */
export async function startEmbeddedPostgres(folder: string): Promise<StartedServer> {
  const owner = process.getuid?.() === 0 ? NOBODY : undefined
  if (owner) await chown(folder, owner.uid, owner.gid)
  const { initdb, postgres } = await postgresBinaries(owner && { ...owner, folder })
  const options = { cwd: folder, ...owner }

  const password = randomBytes(18).toString('base64url')
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  await mkdir(data, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (owner) await Promise.all([data, passwordFile].map((path) => chown(path, owner.uid, owner.gid)))
  const version = /\d[\w.]*/.exec(await run(postgres, ['--version'], options))?.[0] ?? 'unknown'
  await run(
    initdb,
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
    ],
    options,
  )
  await rm(passwordFile)

  const port = await listen({
    command: postgres,
    args: (free) => ['-D', data, '-p', String(free), ...SETTINGS.flatMap((setting) => ['-c', setting])],
    ready: /ready to accept connections/,
    endSignal: 'SIGINT',
    ...options,
  })
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, version }
}
