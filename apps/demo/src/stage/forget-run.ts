import type { Service } from '@throughline/services'
import type { Settings } from '../shared/settings.js'

/** Takes what this run has stored off servers that stay: those that the user gave. */
export async function forgetRun(
  { databaseUrl, redisUrl, namespace }: Settings,
  { postgres, redis }: { postgres: Service; redis: Service },
): Promise<void> {
  await Promise.all([
    postgres.kind === 'given' && dropSchema(databaseUrl, namespace),
    redis.kind === 'given' && deleteKeys(redisUrl, namespace),
  ])
}

async function dropSchema(url: string, schema: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`drop schema if exists ${schema} cascade`)
  await client.end()
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const { Redis } = await import('ioredis')
  const redis = new Redis(url)
  for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 })) {
    if ((keys as string[]).length > 0) await redis.del(keys as string[])
  }
  redis.disconnect()
}
