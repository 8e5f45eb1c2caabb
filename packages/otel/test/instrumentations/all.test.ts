import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Service, startPostgres, startRedis } from '@throughline/services'
import { runProgram } from './program.js'
import { clientSpan } from './span-tree.js'

/** Programs with all drivers are started four times. */
const TIMEOUT_MS = 60_000

const REQUEST = { 'request.id': 'request-1' }

let postgres: Service
let redis: Service

beforeAll(async () => {
  postgres = await startPostgres({ url: process.env['DATABASE_URL'] })
  redis = await startRedis({ url: process.env['REDIS_URL'] })
}, TIMEOUT_MS)

afterAll(async () => {
  await postgres.stop()
  await redis.stop()
})

function unit(...children: unknown[]): unknown {
  return {
    name: 'unit',
    kind: 'INTERNAL',
    scope: '@throughline/core',
    attributes: REQUEST,
    events: [],
    links: [],
    status: { code: 'UNSET', message: '' },
    children,
  }
}

function sql(name: string, attributes: object): unknown {
  return clientSpan('pg', name, {
    ...REQUEST,
    'db.system.name': 'postgresql',
    'db.namespace': expect.any(String),
    ...attributes,
  })
}

function redisCommand(instrumentation: string, name: string, operation: string, text: string): unknown {
  return clientSpan(instrumentation, name, {
    ...REQUEST,
    'db.system.name': 'redis',
    'db.operation.name': operation,
    'db.query.text': text,
  })
}

function outgoing(instrumentation: string, method: string, path: string, attributes: object = {}): unknown {
  return clientSpan(instrumentation, method, {
    ...REQUEST,
    'http.request.method': method,
    'http.response.status_code': 200,
    'network.peer.address': '127.0.0.1',
    'network.peer.port': expect.any(Number),
    'network.protocol.version': '1.1',
    'url.full': expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:\\d+${path.replace('?', '\\?')}$`)),
    ...attributes,
  })
}

function undici(path: string, query: string, attributes: object = {}): unknown {
  return outgoing('undici', 'GET', path + query, {
    'http.request.method_original': 'GET',
    'url.path': path,
    'url.query': query,
    'url.scheme': 'http',
    ...attributes,
  })
}

const expected = (database: string): unknown[] => [
  unit(sql(`pg.query:SELECT ${database}`, { 'db.query.text': 'select $1::text as name' })),
  unit(redisCommand('ioredis', 'set', 'set', 'set key [1 other arguments]')),
  unit(redisCommand('redis', 'redis-SET', 'SET', 'SET key [1 other arguments]')),
  unit(undici('/fetch', '?token=REDACTED&page=2', { 'user_agent.original': 'node' })),
  unit(undici('/undici', '')),
  unit(outgoing('http', 'GET', '/get?token=REDACTED&page=2')),
  unit(outgoing('http', 'POST', '/request')),
  unit(
    expect.objectContaining({
      name: 'GET',
      scope: '@opentelemetry/instrumentation-http',
      status: expect.objectContaining({ code: 'ERROR' }),
    }),
  ),
]

describe('spans of drivers and outgoing requests', () => {
  it.each([
    ['an ES module started with --import', 'all.mjs', true],
    ['an ES module that starts telemetry itself', 'all.mjs', false],
    ['a CommonJS module started with --import', 'all.cjs', true],
    ['a CommonJS module that starts telemetry itself', 'all.cjs', false],
  ])(
    'are the same in %s',
    async (_kind, fixture, register) => {
      const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url }
      const { trees, lines, stderr } = await runProgram(fixture, { register, env })
      expect(trees).toEqual(expected(new URL(postgres.url).pathname.slice(1)))
      expect(stderr).toBe('')
      expect(lines.filter(({ level }) => level !== 'info')).toEqual([])
    },
    TIMEOUT_MS,
  )
})
