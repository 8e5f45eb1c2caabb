import type { Service } from '@throughline/services'
import type { Settings } from '../shared/settings.js'

interface Servers {
  postgres: Service
  redis: Service
}

/** Throws, naming the variable, where a server that the user gave cannot be reached: clients retry for ever. */
export async function reachGiven({ postgres, redis }: Servers): Promise<void> {
  await Promise.all([
    postgres.kind === 'given' && naming('DATABASE_URL', withPostgres(postgres.url, 'select 1')),
    redis.kind === 'given' && naming('REDIS_URL', deleteKeys(redis.url, 'throughline_demo_none')),
  ])
}

/** Takes what this run has stored off servers that stay. */
export async function forgetRun(
  { databaseUrl, redisUrl, namespace }: Settings,
  { postgres, redis }: Servers,
): Promise<void> {
  await Promise.allSettled([
    postgres.kind === 'given' && withPostgres(databaseUrl, `drop schema if exists ${namespace} cascade`),
    redis.kind === 'given' && deleteKeys(redisUrl, namespace),
  ])
}

async function naming(variable: string, attempt: Promise<void>): Promise<void> {
  await attempt.catch((error: unknown) => {
    const { message, code } = error as { message?: string; code?: string }
    throw new Error(`${variable}: the server cannot be used: ${message || code}`, { cause: error })
  })
}

async function withPostgres(url: string, sql: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  let failure: unknown
  redis.on('error', (error) => (failure = error))
  try {
    await redis.connect()
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 })) {
      if ((keys as string[]).length > 0) await redis.del(keys as string[])
    }
  } catch (error) {
    throw failure ?? error
  } finally {
    redis.disconnect()
  }
}
