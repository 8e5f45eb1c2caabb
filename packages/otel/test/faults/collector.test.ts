import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Fault, type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { startApp } from './app.js'
import { collectFigures } from './figures.js'

const note = collectFigures()
let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

/** Writes 100 lines and 5 spans, does some work, and ends by itself. */
const SHORT = `
await initTelemetry({ shutdownTimeoutMs: 1500 }).ready
for (let i = 0; i < 100; i++) log.info('tick', { i })
for (let i = 0; i < 5; i++) await runUnit({ kind: 'task', name: 'work' }, () => sleep(1))
await sleep(300)
`

/** Far more than the bound and a start on a busy machine take; a process that is held takes 10 s and more. */
const SOON_MS = 8_000

async function runShort(url = receiver.url) {
  const ended = await startApp(url, SHORT).ended
  expect(ended.stderr).toBe('')
  expect(ended).toMatchObject({ code: 0, signal: null })
  expect(ended.lines.filter(({ event }) => event === 'tick')).toHaveLength(100)
  expect(ended.tookMs).toBeLessThan(SOON_MS)
  return ended
}

describe('a collector', () => {
  it('that is well costs no line', async () => {
    const { reports, tookMs } = await runShort()
    expect(reports).toEqual([])
    expect(receiver.logRecords().filter(({ body }) => body === 'tick')).toHaveLength(100)
    expect(receiver.spans()).toHaveLength(5)
    note('well', { tookMs })
  })

  it('that was never there costs one line', async () => {
    await receiver.pause()
    const { reports, tookMs } = await runShort()
    expect(reports).toMatchObject([{ event: 'otel_export_failed', level: 'warn' }])
    expect(reports[0]?.['otel.error']).toContain('ECONNREFUSED')
    note('absent', { tookMs })
  })

  it('whose name is unknown costs one line', async () => {
    const { reports, tookMs } = await runShort('http://collector.invalid:4318')
    expect(reports).toHaveLength(1)
    expect(reports[0]?.['otel.error']).toMatch(/ENOTFOUND|EAI_AGAIN|no answer|stopped/)
    note('DNS failure', { tookMs, error: reports[0]?.['otel.error'] })
  })

  it.each<[string, Fault, number]>([
    ['never answers', { kind: 'hang' }, 1],
    ['refuses what is sent', { kind: 'status', status: 400 }, 1],
    ['is too busy and says until when', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, 1],
    ['is too busy', { kind: 'status', status: 503 }, 1],
    ['breaks off', { kind: 'reset' }, 1],
    ['answers garbage', { kind: 'garbage' }, 0],
    ['refuses a part', { kind: 'partial', rejected: 1, message: 'too old' }, 1],
    ['is slow', { kind: 'slow', delayMs: 200 }, 0],
  ])('that %s holds nobody up', async (name, fault, lines) => {
    receiver.respondWith(fault)
    const { reports, tookMs } = await runShort()
    expect(reports.map(({ event }) => event)).toEqual(Array(lines).fill('otel_export_failed'))
    note(name, { tookMs, requests: receiver.requests.length, error: reports[0]?.['otel.error'] })
  })

  it('that dies and returns costs two lines, and what was lost is told', async () => {
    const app = startApp(
      receiver.url,
      `
      initTelemetry({ shutdownTimeoutMs: 3000 })
      process.once('SIGUSR2', () => { clearInterval(timer) })
      let i = 0
      const timer = setInterval(() => log.info('tick', { i: i++ }), 10)
      `,
    )
    await receiver.until((r) => r.logRecords().length > 10, 'the first records')
    await receiver.pause()
    await app.wrote('otel_export_failed')
    await receiver.resume()
    const recovered = await app.wrote('otel_export_recovered')
    app.child.kill('SIGUSR2')
    const { code, reports, lines } = await app.ended
    expect(code).toBe(0)
    expect(reports.map(({ event }) => event)).toEqual(['otel_export_failed', 'otel_export_recovered'])
    const written = lines.filter(({ event }) => event === 'tick').length
    const arrived = receiver.logRecords().filter(({ body }) => body === 'tick').length
    expect(arrived + Number(recovered['otel.dropped'])).toBe(written)
    note('dies and returns', { written, arrived, dropped: recovered['otel.dropped'] })
  })
})

describe('a record', () => {
  it('of 10 MB is cut, and takes no other along', async () => {
    const app = startApp(
      receiver.url,
      `
      await initTelemetry().ready
      log.info('before')
      const big = 'x'.repeat(10 * 1024 * 1024)
      log.info('big', { big, nested: { big } })
      await runUnit({ kind: 'task', name: 'work' }, (unit) => unit.setAttributes({ big }))
      log.info('after')
      `,
      { LOG_LEVEL: 'warn' },
    )
    const { code, reports, tookMs } = await app.ended
    expect({ code, reports }).toEqual({ code: 0, reports: [] })
    expect(receiver.logRecords().map(({ body }) => body)).toEqual(
      expect.arrayContaining(['before', 'big', 'after']),
    )
    const bytes = Math.max(...receiver.requests.map((request) => request.wireBytes))
    note('10 MB attribute', { tookMs, largestExport: bytes, spans: receiver.spans().length })
  })
})
