import { describe, expect, it } from '@jest/globals'
import { BINDING, CORE, runChild } from './child.js'

const OFF_HINT = 'set OTEL_ENABLED=true and OTEL_EXPORTER_OTLP_ENDPOINT to export traces, logs and metrics'
const OFF_LINE = { level: 'info', event: 'otel_off', logger: 'throughline', hint: OFF_HINT }

const init = (rest = '', options = ''): string => `
  import { initTelemetry, getLogger, runUnit, runWithContext, getContext } from '${CORE}'
  const telemetry = initTelemetry(${options})
  ${rest}`

/** Prints the ids of all loaded modules that match; CommonJS ones from the cache, ESM ones through a loader hook. */
const countModules = (rest: string): string => `
  import { register, createRequire } from 'node:module'
  const seen = []
  const { port1, port2 } = new MessageChannel()
  register('data:text/javascript,' + encodeURIComponent(\`
    let port
    export function initialize(data) { port = data.port }
    export async function load(url, context, next) { port.postMessage(url); return next(url, context) }
  \`), { data: { port: port2 }, transferList: [port2] })
  port1.on('message', (url) => seen.push(url))
  port1.unref()
  const { initTelemetry, getLogger } = await import('${CORE}')
  ${rest}
  await new Promise((resolve) => setTimeout(resolve, 50))
  const loaded = [...seen, ...Object.keys(createRequire('${CORE}').cache)]
  console.log('LOADED ' + JSON.stringify(loaded.map((url) => url.replaceAll('\\\\\\\\', '/'))))`

const loadedModules = (stdout: string): string[] =>
  JSON.parse(/^LOADED (.*)$/m.exec(stdout)?.[1] ?? '[]') as string[]

describe('initTelemetry in a process of its own', () => {
  it('says once how to turn OpenTelemetry on, and loads nothing of it', async () => {
    const { stdout, lines } = await runChild(countModules('initTelemetry(); getLogger("m").info("e")'))
    expect(lines).toEqual([OFF_LINE, { level: 'info', event: 'e', logger: 'm' }])
    const loaded = loadedModules(stdout)
    expect(loaded.some((url) => url.endsWith('/core/dist/index.js'))).toBe(true)
    expect(loaded.filter((url) => url.includes('opentelemetry'))).toEqual([])
  })

  it.each([
    ['enabled without an endpoint', { OTEL_ENABLED: 'true' }],
    ['an endpoint without being enabled', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }],
    [
      'disabled over all',
      { OTEL_ENABLED: '1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_SDK_DISABLED: '1' },
    ],
  ])('stays off for %s', async (_, env) => {
    expect((await runChild(init(), env)).lines).toEqual([OFF_LINE])
  })

  it('returns the same handle each time, with one line', async () => {
    const { stdout, lines } = await runChild(
      init(
        'await telemetry.ready; console.log(initTelemetry() === telemetry, initTelemetry() === telemetry)',
      ),
    )
    expect(stdout).toContain('true true')
    expect(lines).toEqual([OFF_LINE])
  })

  it('applies the options of the first call that has some to a start from the environment', async () => {
    const { lines } = await runChild(`
      import { initFromEnvironment } from '${BINDING}'
      import { initTelemetry, getLogger, runUnit, runWithContext } from '${CORE}'
      const early = initFromEnvironment()
      const log = getLogger('m')
      await runWithContext({ 'request.id': 'r', pin: '1' }, async () => {
        log.info('before', { pin: '2' })
        console.log(initTelemetry() === early, initTelemetry({ log: { redact: ['pin'] }, serviceName: 'late' }) === early)
        log.info('after', { pin: '3' })
      })
      initTelemetry({ log: { redact: ['other'] } })
      await early.shutdown()`)
    expect(lines).toEqual([
      OFF_LINE,
      { level: 'info', event: 'before', logger: 'm', pin: '2', 'request.id': 'r' },
      {
        level: 'warn',
        event: 'telemetry_already_started',
        logger: 'throughline',
        hint: 'serviceName comes too late after @throughline/otel/register: set OTEL_SERVICE_NAME',
      },
      { level: 'info', event: 'after', logger: 'm', pin: '[REDACTED]', 'request.id': 'r' },
    ])
  })

  it('warns once of later calls with other options, whatever the level', async () => {
    const { lines } = await runChild(
      init(
        'initTelemetry({ serviceName: "a" }); initTelemetry({ serviceName: "b" }); initTelemetry({ serviceName: "c" })',
        '{ serviceName: "a" }',
      ),
      { LOG_LEVEL: 'error' },
    )
    expect(lines).toEqual([
      {
        level: 'warn',
        event: 'telemetry_already_started',
        logger: 'throughline',
        hint: 'initTelemetry was called again with another serviceName, which has no effect; call it once, first',
      },
    ])
  })

  it('prints each configuration problem once, whatever the level', async () => {
    const { lines, code } = await runChild(
      init('', '{ trust: ["nonsense"], labels: { mounts: 5 }, context: { spanKeys: 5 } }'),
      {
        LOG_LEVEL: 'error',
        LOG_FORMAT: 'xml',
        OTEL_ENABLED: 'on',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'nowhere',
      },
    )
    expect(code).toBe(0)
    expect(lines.map(({ event, level, variable }) => [event, level, variable])).toEqual([
      ['configuration_problem', 'warn', 'LOG_FORMAT'],
      ['configuration_problem', 'warn', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
      ['configuration_problem', 'warn', 'labels'],
      ['configuration_problem', 'warn', 'trust'],
      ['configuration_problem', 'warn', 'context'],
    ])
  })

  it('has a unit that was open when the options came write its line by these', async () => {
    const { lines } = await runChild(`
      import { initTelemetry, runUnit } from '${CORE}'
      import { initFromEnvironment } from '${BINDING}'
      initFromEnvironment()
      const written = []
      const sinks = [{ write: ({ event, context }) => written.push([event, context.ssn]) }]
      await runUnit({ kind: 'task', name: 'main', fields: { ssn: '111' } }, async () => {
        initTelemetry({ log: { redact: ['ssn'] }, sinks })
      })
      console.log(JSON.stringify({ written }))
    `)
    expect(lines.find(({ event }) => event === 'task_completed')).toMatchObject({ ssn: '[REDACTED]' })
    expect(lines.find(({ written }) => written !== undefined)).toEqual({
      written: [['task_completed', '[REDACTED]']],
    })
  })

  it('names the command to run where OpenTelemetry is on and its package is missing', async () => {
    const { lines, code } = await runChild(init('await telemetry.ready; console.log("ready")'), {
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    })
    expect(code).toBe(0)
    expect(lines).toEqual([
      {
        level: 'warn',
        event: 'otel_not_started',
        logger: 'throughline',
        hint: 'run npm install @throughline/otel',
      },
    ])
  })

  it('leaves plain text and bare calls with TELEMETRY_ENABLED=false', async () => {
    const { stdout } = await runChild(
      init(`
        getLogger('m').info('e', { n: 1 })
        runWithContext({ a: 1 }, () => runUnit({ kind: 'http', name: 'GET' }, () => console.log(getContext())))
      `),
      {
        TELEMETRY_ENABLED: 'false',
        OTEL_ENABLED: 'true',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      },
    )
    const lines = stdout.trim().split('\n')
    const timeless = lines
      .map((line) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, 'T'))
      .toSorted()
    expect(timeless).toEqual([
      'T info m e n=1',
      'T info throughline telemetry_disabled hint="set TELEMETRY_ENABLED=true to turn telemetry on"',
      '{}',
    ])
  })

  it('writes before it by the settings of the environment', async () => {
    const { lines } = await runChild(
      `import { getLogger } from '${CORE}'\ngetLogger('m').info('early')\ngetLogger('m').debug('hidden')`,
    )
    expect(lines).toEqual([{ level: 'info', event: 'early', logger: 'm' }])
  })

  it('starts afresh after a shutdown, and leaves no listener behind', async () => {
    const { stdout, lines } = await runChild(
      init(`
        const count = () => names.map((name, at) => process.listenerCount(name) - before[at]).join()
        const during = count()
        await Promise.all([telemetry.shutdown(), telemetry.shutdown()])
        const after = count()
        getLogger('m').info('still_written')
        const next = initTelemetry({ serviceName: 'next' })
        await telemetry.shutdown()
        console.log(during, after, next !== telemetry, next.config.serviceName, count() === during)
        await next.shutdown()
      `).replace(
        'const telemetry',
        // Node 20 has an exit listener of its own.
        `const names = ['exit', 'beforeExit', 'SIGTERM', 'SIGINT']
        const before = names.map((name) => process.listenerCount(name))
        const telemetry`,
      ),
    )
    expect(stdout).toContain('1,1,1,1 0,0,0,0 true next true')
    expect(lines.map(({ event }) => event)).toEqual(['otel_off', 'still_written', 'otel_off'])
  })

  it('never throws, whatever JavaScript hands it', async () => {
    const { stdout, stderr, code, lines } = await runChild(
      init(`
        for (const options of [null, { log: { redact: [/x/] } }, { log: { baggageKeys: 5 } }, { sinks: [undefined] }]) {
          await initTelemetry().shutdown()
          initTelemetry(options)
        }
        await initTelemetry().shutdown()
        const folder = (await import('node:fs')).mkdtempSync((await import('node:os')).tmpdir() + '/throughline-cwd-')
        process.chdir(folder)
        ;(await import('node:fs')).rmdirSync(folder)
        initTelemetry()
        console.log('done')`),
    )
    expect([stderr, code]).toEqual(['', 0])
    expect(stdout).toContain('done')
    expect(lines.filter(({ variable }) => variable === 'log')).toHaveLength(2)
  })

  it('takes the service name from the nearest package.json', async () => {
    const { stdout } = await runChild(init('console.log(telemetry.config.serviceName)'))
    expect(stdout).toContain('@throughline/core')
  })
})

describe('sinks', () => {
  it('are flushed and shut down in a bounded time, whatever they do', async () => {
    const { stdout, code } = await runChild(
      init(
        `
        await telemetry.flush()
        await telemetry.shutdown()
        console.log(calls.join())`,
        `{ shutdownTimeoutMs: 20, sinks: [
          { write() {}, async flush() { calls.push('flush') }, async shutdown() { calls.push('shutdown') } },
          { write() {}, async flush() { throw new Error('x') } },
          { write() {}, flush: () => new Promise(() => {}) },
          { write() {} },
        ] }`,
      ).replace('const telemetry', 'const calls = []\n  const telemetry'),
    )
    expect(code).toBe(0)
    expect(stdout).toContain('flush,flush,shutdown')
  })
})

describe('a sink of initTelemetry', () => {
  it('gets nothing after the shutdown', async () => {
    const { stdout } = await runChild(
      init(
        `await telemetry.shutdown()
        getLogger().info('late')
        console.log('SEEN ' + seen.join())`,
        '{ sinks: [{ write: ({ event }) => void seen.push(event) }] }',
      ).replace('const telemetry', 'const seen = []\n  const telemetry'),
    )
    expect(stdout).toContain('SEEN otel_off\n')
  })
})

describe('the recorder', () => {
  it('gets back the places of units that never end', async () => {
    const { lines } = await runChild(
      init(
        `
        const { setFlagsFromString } = await import('node:v8')
        setFlagsFromString('--expose-gc')
        const gc = (await import('node:vm')).runInNewContext('gc')
        const log = getLogger()
        const hang = () => void runUnit({ kind: 'message', name: 'm' }, async () => {
          log.debug('never_shown')
          await new Promise(() => {})
        })
        for (let i = 0; i < 5; i++) hang()
        for (let i = 0; i < 5; i++) { await new Promise((resolve) => setTimeout(resolve, 10)); gc() }
        await new Promise((resolve) => setTimeout(resolve, 10))
        runUnit({ kind: 'task', name: 't', manualEnd: true }, (unit) => { log.debug('kept'); unit.end({ outcome: 'error' }) })`,
        '{ log: { recorder: { units: 2 } } }',
      ),
      { LOG_LEVEL: 'error' },
    )
    expect(lines.map(({ event }) => event)).toEqual(['kept', 'task_failed'])
  })
})

describe('two copies of core in one process', () => {
  it('share context, writer, units and settings', async () => {
    const { lines } = await runChild(`
      import * as a from '${CORE}'
      import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
      import { dirname, join } from 'node:path'
      import { tmpdir } from 'node:os'
      import { fileURLToPath, pathToFileURL } from 'node:url'
      const folder = mkdtempSync(join(tmpdir(), 'throughline-copy-'))
      const source = dirname(dirname(fileURLToPath('${CORE}')))
      cpSync(join(source, 'dist'), join(folder, 'dist'), { recursive: true })
      cpSync(join(source, 'package.json'), join(folder, 'package.json'))
      symlinkSync(join(source, 'node_modules'), join(folder, 'node_modules'))
      const b = await import(pathToFileURL(join(folder, 'dist', 'index.js')).href)
      rmSync(folder, { recursive: true })
      if (a.runWithContext === b.runWithContext) throw new Error('one copy only')
      a.initTelemetry({ context: { forward: ['tenant'] } })
      if (a.initTelemetry() !== b.initTelemetry()) throw new Error('two handles')
      a.runUnit({ kind: 'http', name: 'GET', fields: { 'request.id': 'r' } }, () => {
        b.bindContext({ 'user.id': 7, tenant: 't' })
        b.runWithContext({ 'draft.id': 1 }, () => a.getLogger('a').info('inner', { carried: b.encodeContext() }))
        b.getLogger('b').bind({ n: 1 }).info('outer')
      })
    `)
    const context = { 'request.id': 'r', 'user.id': 7, tenant: 't' }
    expect(lines).toEqual([
      OFF_LINE,
      {
        level: 'info',
        event: 'inner',
        logger: 'a',
        carried: 'request.id="r", user.id=7, tenant="t"',
        ...context,
        'draft.id': 1,
      },
      { level: 'info', event: 'outer', logger: 'b', n: 1, ...context },
      {
        level: 'info',
        event: 'request_completed',
        logger: 'throughline',
        duration_ms: expect.any(Number),
        ...context,
      },
    ])
  })
})
