import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { SOON_MS } from './child.js'
import { counted } from './counts.js'
import { runOffAndOn } from './product.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

const INIT = [1, { surface: 'sdk_node', event: 'init' }]

/** A thread that counts and ends in some way; the main thread tells how. */
const inThread = (source: string, main = ''): string => `
  import { Worker } from 'node:worker_threads'
  import { once } from 'node:events'
  const worker = new Worker(new URL('./fixtures/thread.mjs', 'file://' + process.cwd() + '/'), { execArgv: [], workerData: ${JSON.stringify(source)} })
  ${main}
  worker.on('error', ({ message }) => console.log('error', message))
  const [code] = await once(worker, 'exit').catch(() => ['error'])
  console.log('thread', code)
`

describe('a worker thread that counts', () => {
  it.each<[string, string, unknown]>([
    ['ends by itself', '', 0],
    ['exits', 'process.exit(4)', 4],
    ['throws', `setTimeout(() => { throw new Error('boom') })`, 'error'],
  ])('and %s, ends as it would without', async (_, source, code) => {
    const { off, on, extraMs } = await runOffAndOn(receiver.url, inThread(source))
    expect(on).toEqual(off)
    expect(on).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(`thread ${String(code)}`),
    })
    expect(counted(receiver.metricPoints())).toEqual([INIT])
    expect(extraMs).toBeLessThan(SOON_MS)
  })

  it('does not keep others from ending it', async () => {
    receiver.respondWith({ kind: 'hang' })
    const { off, on, extraMs } = await runOffAndOn(
      receiver.url,
      inThread('setInterval(() => {}, 1000)', `setTimeout(() => void worker.terminate(), 300)`),
    )
    expect(on).toEqual(off)
    expect(extraMs).toBeLessThan(SOON_MS)
  })

  it('leaves the signals to the main thread', async () => {
    const { off, on } = await runOffAndOn(
      receiver.url,
      inThread('setInterval(() => {}, 1000)', `setTimeout(() => process.kill(process.pid, 'SIGTERM'), 500)`),
    )
    expect(on).toEqual(off)
    expect(on).toMatchObject({ code: null, signal: 'SIGTERM' })
  })
})
