/** Where the API and the worker find their servers. */
export interface Settings {
  databaseUrl: string
  redisUrl: string
  /** Keeps runs that share a server apart: schema, queue and channel bear it. */
  namespace: string
  /** 0 takes any free port. */
  port: number
}

/** Reads the environment; throws where a server is missing. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    databaseUrl: required(env, 'DATABASE_URL'),
    redisUrl: required(env, 'REDIS_URL'),
    namespace: env.DEMO_NAMESPACE ?? 'throughline_demo',
    port: Number(env.PORT ?? 0),
  }
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set. "npm run demo" brings servers of its own.`)
  return value
}
