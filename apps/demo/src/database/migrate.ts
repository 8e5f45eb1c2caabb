import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import type { Logger } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import { readSettings } from '../shared/settings.js'
import { Database } from './database.js'
import { migrations } from './migrations.js'

/** Brings the schema up to date before the application takes requests. */
@Injectable()
export class Migrations implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @InjectLogger('database') private readonly log: Logger<'database', {}>,
  ) {}

  async onModuleInit(): Promise<void> {
    const { namespace } = readSettings()
    await this.database.query(`create schema if not exists ${namespace}`)
    await this.database.query('create table if not exists migrations (name text primary key)')
    const applied = await this.database.query<{ name: string }>('select name from migrations')
    const missing = migrations.filter(({ name }) => !applied.some((one) => one.name === name))
    for (const { name, sql } of missing) {
      // Statements of one query are one transaction.
      await this.database.query(`${sql} insert into migrations values ('${name}')`)
      this.log.info('migration_applied', { migration: name })
    }
  }
}
