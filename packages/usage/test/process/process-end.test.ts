import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import type { Ended } from '../child.js'
import { counted, timed } from '../counts.js'
import { runOffAndOn, runProduct } from '../product.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

const INIT = [1, { surface: 'sdk_node', event: 'init' }]

const arrived = (): unknown[] => counted(receiver.metricPoints())

/** What ends a process, at once and after OpenTelemetry has been loaded. */
const ENDS: readonly [string, string][] = [
  ['the end of all work', ''],
  ['process.exit(0)', 'process.exit(0)'],
  ['process.exit(7)', 'process.exit(7)'],
  ['an exit code', 'process.exitCode = 5'],
  ['an uncaught exception', `setTimeout(() => { throw new RangeError('boom') })`],
  ['an exception at the top', `throw new RangeError('boom')`],
  ['an unhandled rejection', `void Promise.reject(new RangeError('boom'))`],
  ['a top-level await that never ends', 'await new Promise(() => {})'],
  ['process.exit in beforeExit', `process.on('beforeExit', () => process.exit(6))`],
  ['a listener of exit that sets the code', `process.on('exit', () => { process.exitCode = 8 })`],
  ['a listener of exit that throws', `process.on('exit', () => { throw new RangeError('boom') })`],
  [
    'a handler of uncaught exceptions',
    `process.on('uncaughtException', ({ message }) => { console.log(message); process.exitCode = 9 }); setTimeout(() => { throw new RangeError('boom') })`,
  ],
  ['process.reallyExit', 'process.reallyExit(2)'],
]

/** Which line of Node's own emits an event depends on the number of its listeners. */
const withoutNodesLines = (ended: Ended): Ended => ({
  ...ended,
  stderr: ended.stderr.replaceAll(/\(node:.*\)/g, '(node)'),
})

describe.each(['', 'await sleep(400)'])('a process that counts %s', (pause) => {
  it.each(ENDS)('and meets %s ends as it would without', async (_, end) => {
    const { off, on } = await runOffAndOn(
      receiver.url,
      `telemetry.event('init')\nconsole.log('started')\n${pause}\n${end}`,
    )
    expect(withoutNodesLines(on)).toEqual(withoutNodesLines(off))
    expect(arrived()).toEqual(end.includes('reallyExit') ? [] : [INIT])
  })
})

describe('the end of a process', () => {
  it('has what is counted in its last moments', async () => {
    await runProduct(
      receiver.url,
      `
      process.once('beforeExit', () => telemetry.event('init'))
      `,
    )
    expect(arrived()).toEqual([INIT])
  })

  it('sends to all products that count', async () => {
    const second = await startOtlpReceiver()
    await runProduct(
      receiver.url,
      `
      const other = createUsageTelemetry({ prefix: 'other', surface: 'cli', version: '2', endpoint: '${second.url}', enabled: true })
      telemetry.event('init')
      other.event('init')
      process.exit(0)
      `,
    )
    expect(arrived()).toEqual([INIT])
    expect(counted(second.metricPoints(), 'other')).toEqual([[1, { surface: 'cli', event: 'init' }]])
    await second.stop()
  })

  it('does not send twice what has gone out', async () => {
    await runProduct(receiver.url, `telemetry.event('init'); await telemetry.flush(); process.exit(0)`)
    expect(receiver.requests).toHaveLength(1)
  })

  it('runs nothing of what the application preloads a second time', async () => {
    const { stdout } = await runProduct(receiver.url, `telemetry.event('init'); process.exit(0)`, {
      node: ['--import', 'data:text/javascript,console.log("preloaded")'],
      env: { NODE_OPTIONS: '--require ./fixtures/preloaded.cjs' },
    })
    expect(stdout.split('\n').toSorted()).toEqual(['', 'preloaded', 'required'])
    expect(arrived()).toEqual([INIT])
  })

  it('does not ask for a permission that it has not', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    const { off, on } = await runOffAndOn(
      receiver.url,
      `telemetry.event('init'); console.log('done'); process.exit(3)`,
      {
        node: ['--no-warnings', flag, '--allow-fs-read=*'],
      },
    )
    expect(on).toEqual(off)
    expect(off).toMatchObject({ code: 3, stdout: 'done\n' })
  })
})

describe('listeners of the process', () => {
  it('make no warning for an application that has ten of its own', async () => {
    const { off, on } = await runOffAndOn(
      receiver.url,
      `
      for (const name of ['exit', 'beforeExit', 'SIGINT', 'SIGTERM'])
        for (let at = process.listenerCount(name); at < 10; at++) process.on(name, () => {})
      telemetry.event('init')
      await sleep(50)
      console.log(process.listenerCount('warning'))
      `,
    )
    expect(on).toEqual(off)
    expect(off.stderr).toBe('')
  })

  it('are one of each, whatever the number of products, and go with the last', async () => {
    const { stdout } = await runProduct(
      receiver.url,
      `
      const names = ['exit', 'beforeExit', 'SIGINT', 'SIGTERM', 'SIGHUP']
      const look = () => [...names.map((name) => process.listenerCount(name)), process.getMaxListeners()]
      const before = look()
      const all = [telemetry]
      for (let at = 0; at < 30; at++)
        all.push(createUsageTelemetry({ prefix: 'p' + at, surface: 's', version: '1', endpoint: process.env.ENDPOINT, enabled: true }))
      for (const each of all) each.event('init')
      console.log(look().map((count, at) => count - before[at]).join())
      await Promise.all(all.map((each) => each.shutdown()))
      console.log(look().map((count, at) => count - before[at]).join())
      `,
    )
    expect(stdout).toBe('1,1,1,1,1,1\n0,0,0,0,0,0\n')
  })
})

describe('a run that is wrapped', () => {
  it.each<[string, string, string]>([
    ['returns', `return 1`, 'success'],
    ['sets an exit code', `process.exitCode = 2`, 'error'],
    ['throws', `throw new Error('boom')`, 'error'],
    ['exits well', `process.exit(0)`, 'success'],
    ['exits badly', `process.exit(2)`, 'error'],
    ['never ends', `await new Promise(() => {})`, 'error'],
    ['is interrupted', `process.kill(process.pid, 'SIGINT'); await sleep(20_000)`, 'interrupted'],
  ])('and %s is counted once, with its outcome', async (_, body, outcome) => {
    const source = `await wrapCli(telemetry, async () => { ${body} }, { argv: ['login'], commands: ['login'] })`
    const { off, on } = await runOffAndOn(receiver.url, source)
    expect(on).toEqual(off)
    const attributes = { surface: 'cli', event: 'cmd_run', command: 'login' }
    expect(arrived()).toEqual([[1, attributes]])
    expect(timed(receiver.metricPoints())).toEqual([[1, { ...attributes, outcome }]])
  })
})
