import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { InjectLogger } from '@throughline/nestjs'
import type { Logger } from '@throughline/core'
import pg from 'pg'
import { readSettings } from '../shared/settings.js'

/** The connections to PostgreSQL, all of them in the schema of this run. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly #pool: pg.Pool

  constructor(@InjectLogger('database') log: Logger<'database', {}>) {
    const { databaseUrl, namespace } = readSettings()
    this.#pool = new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${namespace}` })
    this.#pool.on('error', (error) => log.exception('connection_lost', error))
  }

  /** Runs one statement and returns its rows. */
  async query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row>(sql, values)
    return rows
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.end()
  }
}
