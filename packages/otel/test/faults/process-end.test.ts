import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { startApp } from './app.js'
import { collectFigures } from './figures.js'

const note = collectFigures()
let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

const ticks = (): number[] =>
  receiver
    .logRecords()
    .filter(({ body }) => body === 'tick')
    .map(({ attributes }) => Number(attributes['i']))

describe('a signal under load', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s delivers all that was written before it', async (signal) => {
    const app = startApp(
      receiver.url,
      `
      import { createServer, get } from 'node:http'
      import { writeSync } from 'node:fs'
      await initTelemetry().ready
      let i = 0
      const server = createServer((request, response) => {
        runUnit({ kind: 'task', name: 'request' }, () => {
          for (let n = 0; n < 20; n++) log.info('tick', { i: i++ })
          response.end('ok')
        })
      })
      server.listen(0, () => {
        const { port } = server.address()
        const ask = () => get({ port }, (response) => response.resume().on('end', () => setTimeout(ask, 10)))
        for (let n = 0; n < 4; n++) ask()
        setTimeout(() => writeSync(1, '{"event":"busy"}\\n'), 700)
      })
      process.prependOnceListener('${signal}', () => writeSync(1, JSON.stringify({ event: 'signal', written: i }) + '\\n'))
      `,
      { LOG_LEVEL: 'warn' },
    )
    await app.wrote('busy')
    const sentAt = performance.now()
    app.child.kill(signal)
    const ended = await app.ended
    const tookMs = Math.round(performance.now() - sentAt)
    expect(ended).toMatchObject({ code: null, signal, stderr: '', reports: [] })
    const { written } = await app.wrote('signal')
    const arrived = new Set(ticks())
    const missing = Array.from({ length: Number(written) }, (_, i) => i).filter((i) => !arrived.has(i))
    expect(missing).toEqual([])
    expect(tookMs).toBeLessThan(5_000)
    note(signal, { tookMs, written, arrived: arrived.size, spans: receiver.spans().length })
  })
})

describe('an end that leaves no time', () => {
  it('process.exit keeps its code; what waits for the next export is lost', async () => {
    const app = startApp(
      receiver.url,
      `
      await initTelemetry().ready
      log.info('tick', { i: 0 })
      await sleep(300)
      log.info('tick', { i: 1 })
      process.exit(3)
      `,
    )
    const { code, lines, stderr } = await app.ended
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    expect(lines.filter(({ event }) => event === 'tick')).toHaveLength(2)
    expect(ticks()).toEqual([0])
  })

  it('process.exit after shutdown() loses nothing', async () => {
    const app = startApp(
      receiver.url,
      `
      const telemetry = initTelemetry()
      await telemetry.ready
      log.info('tick', { i: 0 })
      await telemetry.shutdown()
      process.exit(3)
      `,
    )
    expect(await app.ended).toMatchObject({ code: 3, stderr: '' })
    expect(ticks()).toEqual([0])
  })

  it.each([
    ['an uncaught exception', `setTimeout(() => { throw new Error('boom') })`],
    ['an unhandled rejection', `void Promise.reject(new Error('boom'))`],
  ])('%s ends the process as it would have', async (_, source) => {
    const app = startApp(
      receiver.url,
      `
      await initTelemetry().ready
      log.info('tick', { i: 0 })
      await sleep(300)
      ${source}
      setInterval(() => {}, 1000)
      `,
    )
    const { code, signal, stderr, lines } = await app.ended
    expect({ code, signal }).toEqual({ code: 1, signal: null })
    expect(stderr).toContain('Error: boom')
    expect(lines.filter(({ event }) => event === 'tick')).toHaveLength(1)
    expect(ticks()).toEqual([0])
  })
})

describe('a second initTelemetry', () => {
  it('changes nothing', async () => {
    const app = startApp(
      receiver.url,
      `
      const same = initTelemetry() === initTelemetry()
      log.info('tick', { i: 0, same })
      `,
    )
    expect(await app.ended).toMatchObject({ code: 0, stderr: '', reports: [] })
    expect(receiver.logRecords().filter(({ body }) => body === 'tick')).toMatchObject([
      { attributes: { same: true } },
    ])
  })

  it('starts afresh after shutdown()', async () => {
    const app = startApp(
      receiver.url,
      `
      for (let i = 0; i < 3; i++) {
        const telemetry = initTelemetry()
        await telemetry.ready
        await runUnit({ kind: 'task', name: 'work' }, () => log.info('tick', { i }))
        await telemetry.shutdown()
      }
      `,
    )
    expect(await app.ended).toMatchObject({ code: 0, stderr: '', reports: [] })
    expect(ticks()).toEqual([0, 1, 2])
    expect(receiver.spans()).toHaveLength(3)
  })
})
