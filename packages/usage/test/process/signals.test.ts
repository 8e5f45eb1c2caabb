import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import type { Ended, Program } from '../child.js'
import { counted } from '../counts.js'
import { startProduct } from '../product.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

const arrived = (): unknown[] => counted(receiver.metricPoints())
const INIT = [1, { surface: 'sdk_node', event: 'init' }]

/** Starts a program that counts and waits, with or without having opted in. */
function start(source: string, env: NodeJS.ProcessEnv = {}): Program {
  const program = `
    ${source}
    telemetry.event('init')
    await sleep(200)
    console.log('ready')
    setTimeout(() => console.log('still running'), 30_000)`
  return startProduct(receiver.url, program, { env })
}

async function signalled(signal: NodeJS.Signals, source = '', env?: NodeJS.ProcessEnv): Promise<Ended> {
  const program = start(source, env)
  await program.printed('ready')
  program.child.kill(signal)
  return program.ended
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('ends a process as it would without, and what was counted arrives', async () => {
    const off = await signalled(signal, '', { ACME_TELEMETRY: 'off' })
    expect(await signalled(signal)).toEqual(off)
    expect(off).toEqual({ code: null, signal, stdout: 'ready\n', stderr: '' })
    expect(arrived()).toEqual([INIT])
  })

  it('ends it soon although the collector hangs', async () => {
    receiver.respondWith({ kind: 'hang' })
    expect(await signalled(signal)).toEqual({ code: null, signal, stdout: 'ready\n', stderr: '' })
  })

  it('is left to a listener of the application that exits', async () => {
    const source = `process.on('${signal}', () => { console.log('bye'); process.exit(11) })`
    expect(await signalled(signal, source)).toEqual({
      code: 11,
      signal: null,
      stdout: 'ready\nbye\n',
      stderr: '',
    })
    expect(arrived()).toEqual([INIT])
  })

  it('is left to a listener of the application that drains', async () => {
    const source = `process.on('${signal}', async () => { await sleep(300); console.log('drained'); process.exit(0) })`
    expect(await signalled(signal, source)).toEqual({
      code: 0,
      signal: null,
      stdout: 'ready\ndrained\n',
      stderr: '',
    })
    expect(arrived()).toEqual([INIT])
  })

  it('ends a process whose libraries end it only when they listen alone', async () => {
    const source = `
      const listener = () => {
        if (process.listenerCount('${signal}') > 1) return
        process.off('${signal}', listener)
        console.log('cleaned up')
        process.kill(process.pid, '${signal}')
      }
      process.on('${signal}', listener)`
    expect(await signalled(signal, source)).toEqual({
      code: null,
      signal,
      stdout: 'ready\ncleaned up\n',
      stderr: '',
    })
  })

  it('reaches a listener of the application that stays, as often as it comes', async () => {
    const program = start(`
      let times = 0
      process.on('${signal}', () => { console.log('signal', ++times); if (times === 3) process.exit(12) })`)
    await program.printed('ready')
    for (const time of [1, 2, 3]) {
      program.child.kill(signal)
      await program.printed(`signal ${time}`)
    }
    expect(await program.ended).toMatchObject({ code: 12, signal: null, stderr: '' })
    expect(arrived()).toEqual([INIT])
  })

  it('ends a process whose listener has gone in the meantime', async () => {
    const program = start(`process.once('${signal}', () => console.log('once'))`)
    await program.printed('ready')
    program.child.kill(signal)
    await program.printed('once')
    await sleep(100)
    program.child.kill(signal)
    expect(await program.ended).toMatchObject({ code: null, signal })
    expect(arrived()).toEqual([INIT])
  })
})

describe('a second Ctrl+C', () => {
  it('ends a process at once that waits for its collector', async () => {
    receiver.respondWith({ kind: 'hang' })
    const program = start('')
    await program.printed('ready')
    program.child.kill('SIGINT')
    await receiver.until(({ requests }) => requests.length === 1, 'the last export')
    program.child.kill('SIGINT')
    expect(await program.ended).toMatchObject({ code: null, signal: 'SIGINT' })
  })
})
