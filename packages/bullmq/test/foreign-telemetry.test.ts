import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Telemetry } from 'bullmq'
import { getLogger, runWithContext } from '@throughline/core'
import { embeddedRedis, nativeRedis } from './harness/backend.js'
import { REQUEST, Rig } from './harness/rig.js'

const log = getLogger()

/** A telemetry of other making, in the manner of bullmq-otel: contexts in a storage of its own, JSON unchecked. */
function foreignTelemetry(spans: string[]): Telemetry {
  const storage = new AsyncLocalStorage<object>()
  return {
    tracer: {
      startSpan(name) {
        spans.push(name)
        return {
          setSpanOnContext: (context: object) => ({ ...context, span: name }),
          setAttribute() {},
          setAttributes() {},
          addEvent() {},
          recordException() {},
          end() {},
        }
      },
    },
    contextManager: {
      active: () => storage.getStore() ?? {},
      with: (context: object, fn) => storage.run(context, fn),
      getMetadata: (context: object) => JSON.stringify(context),
      fromMetadata: (active: object, metadata) => ({ ...active, ...JSON.parse(metadata) }),
    },
  }
}

describe('TelemetryWorker beside a telemetry of other making', () => {
  let rig: Rig
  beforeAll(async () => {
    rig = await Rig.open(nativeRedis ?? embeddedRedis)
  }, 60_000)
  afterEach(() => rig.reset())
  afterAll(() => rig.close())

  it('runs the job as its unit, and lets the other make its spans', async () => {
    const spans: string[] = []
    const queue = rig.queue()
    const worker = rig.worker(queue, async () => log.info('working'), { telemetry: foreignTelemetry(spans) })
    worker.on('completed', () => log.info('completed'))
    await runWithContext(REQUEST, () => queue.add('shared', {}))
    await rig.lines.until('completed')
    const seen = rig.lines.all.filter(({ context }) => context['job.queue'] === queue.name)
    expect(seen.map(({ event }) => event)).toEqual(['job_started', 'working', 'job_completed', 'completed'])
    for (const { context } of seen) expect(context).toMatchObject(REQUEST)
    expect(spans).toContain(`process ${queue.name}`)
  })

  it('runs a job without the other where that throws on the metadata', async () => {
    const queue = rig.queue()
    rig.worker(queue, async () => log.info('working'), { telemetry: foreignTelemetry([]) })
    await queue.addBulk([{ name: 'garbage', data: {}, opts: { telemetry: { metadata: 'garbage{' } } }])
    await rig.lines.until('job_completed', 1, { 'job.name': 'garbage' })
    await queue.add('next', {})
    await rig.lines.until('job_completed', 1, { 'job.name': 'next' })
    expect(rig.lines.of('working')).toHaveLength(2)
  })
})
