import { fileURLToPath } from 'node:url'
import { startPostgres, startRedis } from '@throughline/services'
import { Child } from './child.mjs'

const SINK = fileURLToPath(new URL('sink.mjs', import.meta.url))

/** The longest that a timer takes: as long as the row. */
const LONGEST_MS = 2 ** 31 - 1

/** What a row needs besides its variants: `sink`, `redis`, `postgres`; each a process of its own. */
export async function startServices(names) {
  const running = []
  const env = {}
  let sink
  for (const name of names) {
    if (name === 'sink') {
      sink = new Child(SINK, { boundMs: LONGEST_MS })
      running.push(() => sink.end({ tell: true }))
      env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(await sink.next()).port}`
    } else {
      const service =
        name === 'redis'
          ? await startRedis({ url: process.env.REDIS_URL })
          : await startPostgres({ url: process.env.DATABASE_URL })
      running.push(() => service.stop())
      env[name === 'redis' ? 'REDIS_URL' : 'DATABASE_URL'] = service.url
    }
  }
  return {
    env,
    /** What has arrived since the last call, by signal. */
    received: async () => (sink === undefined ? {} : sink.ask('received')),
    async stop() {
      for (const stop of running.toReversed()) await stop()
    },
  }
}
