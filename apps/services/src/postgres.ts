import { startHosted } from './hosted.js'
import { givenService, type Service } from './service.js'

export type PostgresKind = 'given' | 'embedded'

export interface PostgresOptions {
  /** A server of the caller's own (`process.env.DATABASE_URL`); blank counts as none. */
  url?: string | undefined
}

/**
 * Brings a PostgreSQL server: the given one, or a private one from the binaries that npm brought.
 *
 * @example
 * const postgres = await startPostgres({ url: process.env.DATABASE_URL })
 * const pool = new pg.Pool({ connectionString: postgres.url })
 * // …
 * await postgres.stop()
 */
export async function startPostgres({ url }: PostgresOptions = {}): Promise<Service<PostgresKind>> {
  const given = url?.trim()
  if (given) return givenService(given)
  return startHosted({
    kind: 'embedded',
    server: 'postgres',
    name: 'the embedded PostgreSQL',
    variable: 'DATABASE_URL',
  })
}
