import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { decodeRequest, type OtlpMetric, metricsOf } from '@throughline/otlp'
import { hostname, userInfo } from 'node:os'
import { EVENT_ATTRIBUTES, POINT_ATTRIBUTES, RESOURCE_ATTRIBUTES } from '../src/names.js'
import { type RawCollector, startRawCollector } from './collector.js'
import { runProduct } from './product.js'

let collector: RawCollector

beforeEach(async () => {
  collector = await startRawCollector()
})

afterEach(() => collector.stop())

const SECRET = 'hunter2-s3cret'

const metrics = (): OtlpMetric[] =>
  collector.requests.flatMap(({ body }) => metricsOf(decodeRequest('metrics', 'protobuf', body).message))

/** Everything that went out, headers and path included, as it was on the wire. */
const wire = (): string =>
  collector.requests
    .map(({ path, headers, body }) => `${path}\n${JSON.stringify(headers)}\n${body.toString('latin1')}`)
    .join('\n')

/** Runs to a quiet end, with the arguments and the environment full of secrets. */
async function run(source: string): Promise<void> {
  const ended = await runProduct(collector.url, source, {
    args: ['login', '--token', SECRET, SECRET],
    env: {
      SECRET,
      ACME_API_KEY: SECRET,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${SECRET}`,
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: `x-api-key=${SECRET}`,
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `http://127.0.0.1:9/${SECRET}`,
      OTEL_RESOURCE_ATTRIBUTES: `deployment.environment=${SECRET}`,
      OTEL_SERVICE_NAME: SECRET,
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'cumulative',
    },
  })
  expect(ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
}

/** Each is JavaScript that hands in the secret, in a place where none of it may leave. */
const ATTEMPTS: readonly [string, string][] = [
  [
    'in keys that are not on the list',
    `telemetry.event('e', { email: S, token: S, 'user.id': S, constructor: S, Command: S })`,
  ],
  ['in the names of keys', `telemetry.event('e', { [S]: 1, ['command' + S]: 1 })`],
  ['as surface and event', `telemetry.event('e', { surface: S, event: S })`],
  [
    'in objects, errors, functions and symbols',
    `telemetry.event('e', { command: { S }, resource: new Error(S), outcome: () => S, status_code: Symbol(S) })`,
  ],
  [
    'in objects that say what they are called',
    `telemetry.event('e', { command: { toString: () => S, toJSON: () => S, [Symbol.toPrimitive]: () => S } })`,
  ],
  ['in inherited keys', `telemetry.event('e', Object.create({ command: S, resource: S }))`],
  ['behind getters that throw', `telemetry.event('e', { get command() { throw new Error(S) } })`],
  [
    'in a proxy',
    `telemetry.event('e', new Proxy({}, { get: () => S, has: () => true, ownKeys: () => [S], getOwnPropertyDescriptor: () => { throw new Error(S) } }))`,
  ],
  [
    'on Object.prototype',
    `Object.assign(Object.prototype, { command: S, email: S, attributes: { a: S }, headers: { b: S }, unit: S, schemaUrl: S, exemplars: [S], metadata: { c: S } }); telemetry.event('e'); telemetry.timed('t', () => {})`,
  ],
  [
    'on Object.prototype, by the names that are used here',
    `Object.assign(Object.prototype, { duration: { seconds: 1, attributes: { email: S } }, unsent: S, retryAfterMs: S, method: S, search: S, hostname: S, socketPath: S }); telemetry.event('e'); telemetry.timed('t', () => {})`,
  ],
  [
    'behind getters on Object.prototype',
    `for (const name of ['surface', 'event', 'command', 'resource', 'outcome', 'status_code', 'duration', 'unsent']) Object.defineProperty(Object.prototype, name, { get: () => S }); telemetry.event('e'); telemetry.timed('t', () => {}); await wrapCli(telemetry, () => {})`,
  ],
  [
    'behind the 256th character',
    `telemetry.event('e', { command: 'x'.repeat(256) + S, resource: 'x'.repeat(10 * 1024 * 1024) + S })`,
  ],
  ['as more arguments', `telemetry.event('s', 'e', { outcome: 'ok' }, S, { command: S })`],
  [
    'in the results and errors of what is timed',
    `telemetry.timed('t', () => S); try { telemetry.timed('t', () => { throw new Error(S) }) } catch {}; await telemetry.timed('t', () => Promise.reject(new Error(S))).catch(() => {})`,
  ],
  ['on the command line', `await wrapCli(telemetry, () => {}, { commands: ['login'] })`],
  [
    'as a command that is not known',
    `await wrapCli(telemetry, () => {}, { commands: ['login'], argv: [S, 'login', S] })`,
  ],
  [
    'in the environment and the name of the script',
    `process.argv[1] = S; process.title = S; telemetry.event('e')`,
  ],
]

describe('a secret', () => {
  it.each(ATTEMPTS)('does not leave %s', async (_, source) => {
    await run(`const S = process.env.SECRET\n${source}`)
    expect(collector.requests).not.toEqual([])
    expect(wire()).not.toContain(SECRET)
    expectDocumentedOnly()
  })

  it('does not leave in a value that the product has not listed', async () => {
    await run(`
      const S = process.env.SECRET
      const strict = createUsageTelemetry({
        prefix: 'acme', surface: 'sdk', version: '1', endpoint: process.env.ENDPOINT,
        values: { surface: ['sdk'], event: ['init'], command: ['login'], resource: [], outcome: ['ok'], status_code: ['200'] },
      })
      strict.event(S, S, { command: 'login ' + S, resource: S, outcome: S, status_code: S })
      strict.event('init', { command: 'login', outcome: 'ok', status_code: 200 })
    `)
    expect(wire()).not.toContain(SECRET)
    const other = Object.fromEntries(POINT_ATTRIBUTES.map((name) => [name, 'other']))
    expect(metrics().flatMap(({ points }) => points.map(({ attributes }) => attributes))).toEqual([
      other,
      { surface: 'sdk', event: 'init', command: 'login', outcome: 'ok', status_code: '200' },
    ])
  })

  it('does not leave with the last export of a process that exits at once', async () => {
    await run(`
      telemetry.event('e', { email: process.env.SECRET })
      process.exit(0)
    `)
    expect(metrics()).toHaveLength(1)
    expect(wire()).not.toContain(SECRET)
  })
})

describe('who sent it', () => {
  it('is not in it: no host, no user, no folder, no process', async () => {
    await run(`telemetry.event('e'); telemetry.timed('t', () => {})`)
    for (const trace of [hostname(), userInfo().username, process.cwd(), process.version, process.platform])
      expect(wire()).not.toContain(trace)
  })
})

/** Keys are those of the list, values are short strings, the resource is that of the product. */
function expectDocumentedOnly(): void {
  for (const { resource, points } of metrics()) {
    expect(Object.keys(resource)).toEqual([...RESOURCE_ATTRIBUTES])
    for (const { attributes } of points) {
      for (const [key, value] of Object.entries(attributes)) {
        expect(POINT_ATTRIBUTES).toContain(key)
        expect(typeof value).toBe('string')
        expect((value as string).length).toBeLessThanOrEqual(256)
      }
    }
  }
  expect(EVENT_ATTRIBUTES).toHaveLength(4)
}
