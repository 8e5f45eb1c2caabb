import { createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq'
import pg from 'pg'
import { findNativeRedis, startPostgres, startRedis } from '@throughline/services'

/** A place that keeps jobs, opened once for a suite. */
export interface Backend {
  readonly name: string
  open(): Promise<OpenBackend>
}

export interface OpenBackend {
  /** BullMQ's `connection` option. */
  readonly connection: object
  close(): Promise<void>
}

export const embeddedRedis: Backend = {
  name: 'embedded Redis',
  open: () => openRedis({ prefer: 'embedded' }),
}

/** A server of the user's own, or one from the PATH; undefined on a machine that has neither. */
export const nativeRedis: Backend | undefined =
  process.env['REDIS_URL'] || findNativeRedis() !== undefined
    ? { name: 'native Redis', open: () => openRedis({ url: process.env['REDIS_URL'], prefer: 'native' }) }
    : undefined

export const postgres: Backend = {
  name: 'PostgreSQL',
  async open() {
    const server = await startPostgres({ url: process.env['DATABASE_URL'] })
    const schema = `bullmq_${process.pid}`
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await runMigrations(client, schema)
    setDefaultBackendFactory(createPostgresBackend)
    return {
      connection: { connectionString: server.url, schema },
      async close() {
        await client.query(`drop schema "${schema}" cascade`)
        await client.end()
        await server.stop()
      },
    }
  },
}

async function openRedis(options: Parameters<typeof startRedis>[0]): Promise<OpenBackend> {
  const server = await startRedis(options)
  return { connection: { url: server.url }, close: () => server.stop() }
}
