import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runProgram } from './child.js'
import { type RawCollector, startRawCollector } from './collector.js'

let collector: RawCollector

beforeEach(async () => {
  collector = await startRawCollector()
})

afterEach(() => collector.stop())

/** Prints what was loaded, what keeps the process, and what listens, before and after everything was called. */
const PROGRAM = `
  import { createRequire, register } from 'node:module'
  const urls = []
  const { port1, port2 } = new MessageChannel()
  register('data:text/javascript,' + encodeURIComponent(\`
    let port
    export function initialize(data) { port = data.port }
    export async function load(url, context, next) { port.postMessage(url); return next(url, context) }
  \`), { data: { port: port2 }, transferList: [port2] })
  port1.on('message', (url) => urls.push(url))
  port1.unref()
  const timers = []
  for (const name of ['setTimeout', 'setInterval', 'setImmediate']) {
    const original = globalThis[name]
    globalThis[name] = (...given) => (timers.push(name), original(...given))
  }
  const look = () => ({
    resources: process.getActiveResourcesInfo().toSorted(),
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  })
  await new Promise(setImmediate)
  timers.length = 0
  const before = look()
  const { createUsageTelemetry, wrapCli } = await import('@throughline/usage')
  const options = { prefix: 'acme', surface: 'sdk_node', version: '1.2.3', endpoint: process.env.ENDPOINT }
  const telemetry = createUsageTelemetry({ ...options, ...JSON.parse(process.env.OPTIONS ?? '{}') })
  telemetry.event('init')
  telemetry.event('cli', 'cmd_run', { command: 'ls' })
  const results = [telemetry.timed('work', () => 1), await telemetry.timed('sdk', 'work', async () => 2)]
  results.push(await wrapCli(telemetry, () => 3, { commands: ['ls'] }))
  const during = look()
  await telemetry.flush()
  await telemetry.shutdown()
  const called = { enabled: telemetry.enabled, reason: telemetry.reason, results, timers: [...timers] }
  await new Promise((resolve) => setTimeout(resolve, 100))
  const loaded = [...urls, ...Object.keys(createRequire(import.meta.url).cache)].map((path) => path.replaceAll('\\\\\\\\', '/'))
  console.log(JSON.stringify({ ...called, before, during, loaded }))
`

interface Told {
  readonly enabled: boolean
  readonly reason: string
  readonly results: readonly number[]
  readonly timers: readonly string[]
  readonly before: unknown
  readonly during: unknown
  readonly loaded: readonly string[]
}

async function run(env: NodeJS.ProcessEnv, options = {}): Promise<Told> {
  const ended = await runProgram(PROGRAM, {
    env: { ENDPOINT: collector.url, OPTIONS: JSON.stringify(options), ...env },
    node: ['--no-warnings'],
  })
  expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  return JSON.parse(ended.stdout) as Told
}

const OPENTELEMETRY = /opentelemetry/
const EXPORTER = /\/usage\/dist\/.*(exporter|sender)/

describe('off', () => {
  it.each<[string, NodeJS.ProcessEnv, object, string]>([
    ['by default', {}, {}, 'not_opted_in'],
    ['by a no', { ACME_TELEMETRY: 'off' }, { enabled: true }, 'opted_out'],
    ['by a false in code', { ACME_TELEMETRY: 'on' }, { enabled: false }, 'opted_out'],
    ['by DO_NOT_TRACK', { ACME_TELEMETRY: 'on', DO_NOT_TRACK: '1' }, {}, 'do_not_track'],
    ['for want of an endpoint', { ACME_TELEMETRY: 'on', ENDPOINT: '' }, {}, 'no_endpoint'],
    ['by a broken endpoint', { ACME_TELEMETRY: 'on', ACME_OTLP_ENDPOINT: 'nowhere' }, {}, 'invalid_endpoint'],
    ['by a broken option', { ACME_TELEMETRY: 'on' }, { prefix: 'a b' }, 'invalid_options'],
  ])('%s: nothing is loaded, started, opened or listened to', async (_, env, options, reason) => {
    const { loaded, before, during, ...rest } = await run(env, options)
    expect(rest).toEqual({ enabled: false, reason, results: [1, 2, 3], timers: [] })
    expect(during).toEqual(before)
    expect(loaded.filter((path) => OPENTELEMETRY.test(path))).toEqual([])
    expect(loaded.filter((path) => EXPORTER.test(path))).toEqual([])
    expect(collector.requests).toEqual([])
  })

  it('is told from on by all of that', async () => {
    const { loaded, before, during, ...rest } = await run({ ACME_TELEMETRY: 'on' })
    expect(rest).toMatchObject({ enabled: true, reason: 'opted_in', results: [1, 2, 3] })
    expect(rest.timers).not.toEqual([])
    expect(during).not.toEqual(before)
    expect(loaded.filter((path) => OPENTELEMETRY.test(path)).length).toBeGreaterThan(10)
    expect(loaded.filter((path) => EXPORTER.test(path))).toHaveLength(1)
    expect(collector.requests).not.toEqual([])
  })
})

describe('on, with nothing to count', () => {
  it('is as off', async () => {
    const ended = await runProgram(
      `
      import { createRequire } from 'node:module'
      import { createUsageTelemetry } from '@throughline/usage'
      const before = process.eventNames().length
      const telemetry = createUsageTelemetry({ prefix: 'acme', surface: 's', version: '1', endpoint: process.env.ENDPOINT })
      telemetry.event('')
      telemetry.event(undefined, undefined)
      await telemetry.flush()
      const loaded = Object.keys(createRequire(import.meta.url).cache).length
      console.log(telemetry.enabled, loaded, process.eventNames().length - before, process.getActiveResourcesInfo().includes('Timeout'))
      `,
      { env: { ACME_TELEMETRY: 'on', ENDPOINT: collector.url } },
    )
    expect(ended).toEqual({ code: 0, signal: null, stderr: '', stdout: 'true 0 0 false\n' })
    expect(collector.requests).toEqual([])
  })
})
