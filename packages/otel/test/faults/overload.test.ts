import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { startApp } from './app.js'
import { collectFigures } from './figures.js'

/** A short run for every day; `FAULT_SECONDS=60` for the full minute. */
const SECONDS = Number(process.env['FAULT_SECONDS'] ?? 4)
const PER_SECOND = 10_000
/** What the heap may grow by: queue and batches in full, and what V8 keeps for itself. */
const MOST_GROWTH_MB = 24

jest.setTimeout((SECONDS + 30) * 1_000)

const note = collectFigures()
let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver({ patienceMs: (SECONDS + 20) * 1_000 })
})

afterEach(() => receiver.stop())

describe('a collector that takes less than comes', () => {
  it('costs records, which are counted and told once, and no memory', async () => {
    receiver.respondWith({ kind: 'slow', delayMs: 250 })
    const app = startApp(
      receiver.url,
      `
      await initTelemetry({ shutdownTimeoutMs: 5000 }).ready
      const heap = () => { globalThis.gc(); return process.memoryUsage().heapUsed }
      const report = (event, fields) => process.stdout.write(JSON.stringify({ event, level: 'info', ...fields }) + '\\n')
      let written = 0
      let latest = 0
      const write = async (seconds) => {
        const end = performance.now() + seconds * 1000
        let due = performance.now()
        while (performance.now() < end) {
          const before = performance.now()
          for (let i = 0; i < ${PER_SECOND / 100}; i++) log.info('tick', { i: written++, text: 'some text of an ordinary length' })
          latest = Math.max(latest, performance.now() - before)
          due += 10
          await sleep(Math.max(0, due - performance.now()))
        }
      }
      await write(1)
      const before = heap()
      const rssBefore = process.memoryUsage.rss()
      await write(${SECONDS - 1})
      const after = heap()
      report('done', { written, growth: (after - before) / 1048576, rss: (process.memoryUsage.rss() - rssBefore) / 1048576, latest })
      `,
      { LOG_LEVEL: 'warn', OTEL_METRIC_EXPORT_INTERVAL: '500' },
    )
    const done = await app.wrote('done')
    receiver.respondNormally()
    const { code, reports } = await app.ended
    expect(code).toBe(0)
    expect(reports).toMatchObject([
      { event: 'otel_records_dropped', 'otel.signal': 'logs' },
      { event: 'otel_export_recovered' },
    ])
    const arrived = receiver.logRecords().filter(({ body }) => body === 'tick').length
    const dropped = countedDrops(receiver)
    expect(arrived + dropped).toBe(done['written'])
    expect(dropped).toBeGreaterThan(0)
    expect(done['growth']).toBeLessThan(MOST_GROWTH_MB)
    note(`overload for ${SECONDS} s`, { ...done, arrived, dropped })
  })
})

/** What the metric says in its last export. */
function countedDrops({ metricPoints }: OtlpReceiver): number {
  const last = metricPoints().findLast(({ name }) => name === 'throughline.export.dropped')
  if (last?.type !== 'sum') return 0
  return last.points
    .filter(({ attributes }) => attributes['signal'] === 'logs')
    .reduce((sum, { value }) => sum + Number(value), 0)
}
