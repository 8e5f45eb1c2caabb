import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, type SpanTree, spanTrees, startOtlpReceiver } from '@throughline/otlp'
import { runChild } from './child.js'

let receiver: OtlpReceiver
beforeAll(async () => {
  receiver = await startOtlpReceiver()
})
afterEach(() => receiver.clear())
afterAll(() => receiver.stop())

type Lines = readonly Record<string, unknown>[]

async function run(source: string, env?: NodeJS.ProcessEnv): Promise<Lines> {
  const { code, stderr, lines } = await runChild(receiver.url, source, env)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return lines
}

interface Named {
  name: string
  requestId: unknown
  below: Named[]
}

function names(trees: readonly SpanTree[] = spanTrees(receiver.spans())): Named[] {
  return trees.map(({ name, attributes, children }) => ({
    name,
    requestId: attributes['request.id'],
    below: names(children),
  }))
}

const span = (name: string, requestId?: unknown, ...below: Named[]): Named => ({
  name,
  requestId,
  below,
})

/** Each line of the application's own: its event, the fields asked for, and the name of the span it names. */
function told(lines: Lines, ...keys: string[]): unknown[] {
  const spans = new Map(receiver.spans().map(({ spanId, name }) => [spanId, name]))
  return lines
    .filter(({ logger }) => logger === 'm')
    .map((line) => [line['event'], ...keys.map((key) => line[key]), spans.get(line['span_id'] as string)])
}

/** A unit with a span of others in it, and what others do to contexts. */
const WORK = `
  await runUnit({ kind: 'task', name: 'nightly', fields: { 'request.id': 'r' } }, async () => {
    await turn()
    log.info('in_unit')
    await trace.getTracer('driver').startActiveSpan('query', async (active) => {
      await turn()
      log.info('in_query')
      runWithContext({ a: 1 }, () => runUnit({ kind: 'task', name: 'below' }, () => log.info('in_below')))
      active.end()
    })
    await context.with(ROOT_CONTEXT, async () => {
      await turn()
      log.info('in_root')
    })
  })`

const TREE = [span('nightly', 'r', span('query', 'r', span('below', 'r')))]
const TOLD = [
  ['in_unit', 'r', 'nightly'],
  ['in_query', 'r', 'query'],
  ['in_below', 'r', 'below'],
  ['in_root', 'r', undefined],
]

describe('our provider', () => {
  it('traces units below a context manager of others', async () => {
    const lines = await run(`
      context.setGlobalContextManager(new AsyncLocalStorageContextManager())
      const telemetry = initTelemetry()
      await telemetry.ready
      ${WORK}
      await telemetry.shutdown()`)
    expect(names()).toEqual(TREE)
    expect(told(lines, 'request.id')).toEqual(TOLD)
  })

  it('goes on after somebody has disabled the context API', async () => {
    const lines = await run(`
      const telemetry = initTelemetry()
      await telemetry.ready
      await runUnit({ kind: 'task', name: 'outer', fields: { 'request.id': 'r' } }, async () => {
        context.disable()
        await turn()
        log.info('after')
        await runUnit({ kind: 'task', name: 'inner' }, async () => {
          await turn()
          log.info('in_inner')
        })
      })
      await telemetry.shutdown()`)
    expect(names()).toEqual([span('outer', 'r', span('inner', 'r'))])
    expect(told(lines, 'request.id')).toEqual([
      ['after', 'r', 'outer'],
      ['in_inner', 'r', 'inner'],
    ])
  })

  it('is put up again by a new start after a shutdown, and lines bear no ids in between', async () => {
    const lines = await run(`
      for (const time of [1, 2]) {
        const telemetry = initTelemetry()
        await telemetry.ready
        await runUnit({ kind: 'task', name: 'unit ' + time, fields: { 'request.id': 'r' + time } }, async () => {
          await turn()
          trace.getTracer('driver').startActiveSpan('query ' + time, (active) => {
            log.info('in_query', { time })
            active.end()
          })
        })
        await telemetry.shutdown()
        runUnit({ kind: 'task', name: 'between' }, () => log.info('between', { time }))
      }`)
    expect(names()).toEqual([
      span('unit 1', 'r1', span('query 1', 'r1')),
      span('unit 2', 'r2', span('query 2', 'r2')),
    ])
    expect(told(lines, 'time')).toEqual([
      ['in_query', 1, 'query 1'],
      ['between', 1, undefined],
      ['in_query', 2, 'query 2'],
      ['between', 2, undefined],
    ])
    expect(lines.filter((line) => line['event'] === 'between').some((line) => 'trace_id' in line)).toBe(false)
  })

  it('lets a unit end that was open when everything was shut down', async () => {
    const lines = await run(`
      const telemetry = initTelemetry()
      await telemetry.ready
      const unit = runUnit({ kind: 'task', name: 'open', manualEnd: true, fields: { 'request.id': 'r' } }, (unit) => unit)
      await telemetry.shutdown()
      unit.run(() => log.info('after'))
      unit.endSpan({ outcome: 'ok' })
      unit.end({ outcome: 'ok' })`)
    expect(lines.map(({ event }) => event)).toEqual(['after', 'task_completed'])
    expect(receiver.spans()).toEqual([])
  })
})

describe('two copies of core in one process', () => {
  const require = createRequire(import.meta.url)
  let folder: string

  beforeAll(() => {
    const core = dirname(require.resolve('@throughline/core/package.json'))
    const from = createRequire(join(realpathSync(core), 'package.json'))
    folder = mkdtempSync(join(tmpdir(), 'throughline-'))
    const modules = join(folder, 'node_modules')
    const copy = join(modules, '@throughline', 'core')
    mkdirSync(copy, { recursive: true })
    cpSync(join(core, 'package.json'), join(copy, 'package.json'))
    cpSync(join(core, 'dist'), join(copy, 'dist'), { recursive: true })
    for (const name of ['pluralize', 'structured-headers']) {
      symlinkSync(rootOf(from.resolve(name), name), join(modules, name))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    ['our provider', ''],
    ['a context manager of others', 'context.setGlobalContextManager(new AsyncLocalStorageContextManager())'],
  ])('share context, spans and lines, under %s', async (_, before) => {
    const copy = pathToFileURL(join(folder, 'node_modules/@throughline/core/dist/index.js')).href
    const lines = await run(`
      ${before}
      const other = await import('${copy}')
      if (other.runUnit === runUnit) throw new Error('one copy')
      const telemetry = other.initTelemetry()
      await telemetry.ready
      if (initTelemetry() !== telemetry) throw new Error('two handles')
      await other.runUnit({ kind: 'task', name: 'theirs', fields: { 'request.id': 'r' } }, async (unit) => {
        bindContext({ bound: true })
        await turn()
        await runUnit({ kind: 'task', name: 'ours' }, async () => {
          await other.runWithContext({ a: 1 }, async () => {
            await turn()
            log.info('in_ours')
            runUnit({ kind: 'message', name: 'within', within: unit, span: {} }, () => other.getLogger('m').info('within'))
          })
        })
      })
      await telemetry.shutdown()`)
    expect(names()).toEqual([span('theirs', 'r', span('ours', 'r'), span('within', 'r'))])
    expect(told(lines, 'request.id', 'bound', 'a')).toEqual([
      ['in_ours', 'r', true, 1, 'ours'],
      ['within', 'r', true, undefined, 'within'],
    ])
  })
})

/** The folder of a package, from the path of one of its files. */
function rootOf(file: string, name: string): string {
  const end = file.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length
  return file.slice(0, end)
}
