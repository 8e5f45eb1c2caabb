import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { createUsageTelemetry, type UsageTelemetry, wrapCli } from '../../src/index.js'
import { counted, timed } from '../counts.js'

let receiver: OtlpReceiver
let telemetry: UsageTelemetry

beforeEach(async () => {
  receiver = await startOtlpReceiver()
  telemetry = createUsageTelemetry({
    prefix: 'acme',
    surface: 'sdk',
    version: '1',
    endpoint: receiver.url,
    enabled: true,
  })
})

afterEach(async () => {
  await telemetry.shutdown()
  await receiver.stop()
})

const run = { surface: 'cli', event: 'cmd_run', command: 'trace ls' }
const OPTIONS = { commands: ['trace', 'trace ls'], argv: ['trace', 'ls', '--token', 'secret'] }

describe('wrapCli', () => {
  it('counts a run and its duration, and has sent both when it gives the result', async () => {
    expect(await wrapCli(telemetry, async () => 'result', OPTIONS)).toBe('result')
    expect(counted(receiver.metricPoints())).toEqual([[1, run]])
    expect(timed(receiver.metricPoints())).toEqual([[1, { ...run, outcome: 'success' }]])
  })

  it('takes a main that is not asynchronous, and calls it at once', async () => {
    let called = false
    const running = wrapCli(telemetry, () => {
      called = true
      return 5
    })
    expect(called).toBe(true)
    expect(await running).toBe(5)
  })

  it('rejects with what main throws, and counts that as an error', async () => {
    const error = new TypeError('boom')
    const main = (): never => {
      throw error
    }
    await expect(wrapCli(telemetry, main, OPTIONS)).rejects.toBe(error)
    await expect(wrapCli(telemetry, () => Promise.reject(error), OPTIONS)).rejects.toBe(error)
    expect(timed(receiver.metricPoints())).toEqual([
      [1, { ...run, outcome: 'error' }],
      [1, { ...run, outcome: 'error' }],
    ])
  })

  it('counts what is no known command as no subcommand, on a surface of choice', async () => {
    await wrapCli(telemetry, () => {}, { argv: ['secret'], surface: 'acme_cli' })
    expect(counted(receiver.metricPoints())).toEqual([
      [1, { surface: 'acme_cli', event: 'cmd_run', command: 'no_subcommand' }],
    ])
  })

  it('sends what else was counted', async () => {
    await wrapCli(telemetry, () => telemetry.event('login', { outcome: 'ok' }), OPTIONS)
    expect(counted(receiver.metricPoints())).toHaveLength(2)
  })

  it('runs main alone where the counters are off', async () => {
    const off = createUsageTelemetry({ prefix: 'off', surface: 'sdk', version: '1', endpoint: receiver.url })
    expect(await wrapCli(off, () => 5, OPTIONS)).toBe(5)
    await expect(wrapCli(off, () => Promise.reject(new TypeError('boom')))).rejects.toThrow(TypeError)
    expect(receiver.requests).toEqual([])
    await off.shutdown()
  })

  it.each([{ commands: 5 }, { argv: 'trace' }, { argv: [5] }, { surface: 5 }, { commands: [5] }])(
    'runs main for options like %j',
    async (options) => {
      expect(await wrapCli(telemetry, () => 5, options as never)).toBe(5)
    },
  )

  it('runs main without telemetry', async () => {
    expect(await wrapCli(undefined as never, () => 5)).toBe(5)
  })
})
