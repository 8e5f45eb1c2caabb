import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Fault, type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { SOON_MS } from './child.js'
import { runOffAndOn } from './product.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

/** A logger and an error handler of the application's own would show what the SDK says of failures. */
const LISTENING = `
  import api from '@opentelemetry/api'
  import core from '@opentelemetry/core'
  api.diag.setLogger(new api.DiagConsoleLogger(), { logLevel: api.DiagLogLevel.ALL, suppressOverrideMessage: true })
  core.setGlobalErrorHandler((error) => console.error('handler', error))
`

/** Several ends of a program that has counted; each prints, and has an exit code of its own. */
const ENDS: readonly [string, string][] = [
  ['ends by itself', `telemetry.event('init'); console.log('done'); process.exitCode = 3`],
  [
    'flushes and shuts down',
    `telemetry.event('init'); await telemetry.flush(); await telemetry.shutdown(); console.log('done')`,
  ],
  ['exits', `telemetry.event('init'); console.log('done'); process.exit(4)`],
  ['is wrapped', `console.log(await wrapCli(telemetry, async () => 'done', { argv: [] }))`],
  [
    'is wrapped and fails',
    `await wrapCli(telemetry, async () => { throw new TypeError('boom') }, { argv: [] })`,
  ],
]

const FAULTS: readonly [string, Fault | 'absent' | 'unknown'][] = [
  ['is not there', 'absent'],
  ['has an unknown name', 'unknown'],
  ['never answers', { kind: 'hang' }],
  ['refuses', { kind: 'status', status: 400 }],
  ['asks for patience', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }],
  ['is too busy', { kind: 'status', status: 503 }],
  ['answers garbage', { kind: 'garbage' }],
  ['breaks off', { kind: 'reset' }],
  ['refuses a part', { kind: 'partial', rejected: 1, message: 'too old' }],
  ['is slow', { kind: 'slow', delayMs: 300 }],
]

async function misbehave(fault: (typeof FAULTS)[number][1]): Promise<string> {
  if (fault === 'absent') await receiver.pause()
  else if (fault === 'unknown') return 'http://collector.invalid:4318'
  else receiver.respondWith(fault)
  return receiver.url
}

describe.each(FAULTS)('a collector that %s', (_, fault) => {
  it.each(ENDS)('changes nothing for a program that %s', async (__, source) => {
    const url = await misbehave(fault)
    const { off, on, extraMs } = await runOffAndOn(url, LISTENING + source)
    expect(on).toEqual(off)
    expect(off.stdout + off.stderr).toMatch(/done|boom/)
    expect(extraMs).toBeLessThan(SOON_MS)
  })
})

describe('an outage', () => {
  it('does not hold a process that goes on for a while, and costs it nothing', async () => {
    receiver.respondWith({ kind: 'hang' })
    const { off, on, extraMs } = await runOffAndOn(
      receiver.url,
      `
      telemetry.event('init')
      void telemetry.flush()
      await sleep(500)
      for (let at = 0; at < 10_000; at++) telemetry.event('tick', { outcome: String(at % 7) })
      console.log('done')
      `,
    )
    expect(on).toEqual(off)
    expect(extraMs).toBeLessThan(SOON_MS)
  })
})
