import { setImmediate } from 'node:timers/promises'
import { trace } from '@opentelemetry/api'
import { describe, expect, it } from '@jest/globals'
import { DelayedError, type Job } from 'bullmq'
import { getLogger, runWithContext } from '@throughline/core'
import { telemetry } from '../../src/index.js'
import { gate, REQUEST, type Rig } from '../harness/rig.js'
import { added, attempt, failure, producer, request } from './expected.js'
import { inRequest } from './producers.js'

const log = getLogger()
const { 'user.id': _, ...SHOWN } = REQUEST
const ID = { 'request.id': REQUEST['request.id'] }
const JOBS = 500

export function describeAttemptSpans(rig: () => Rig): void {
  describe('attempts', () => {
    it('are spans of their own below what added the job, failed ones with their error', async () => {
      const queue = rig().queue()
      rig().worker(queue, async ({ attemptsMade }: Job) => {
        if (attemptsMade < 2) throw new RangeError(`attempt ${attemptsMade + 1}`)
      })
      const job = await inRequest(() =>
        queue.add('flaky', {}, { attempts: 3, backoff: { type: 'exponential', delay: 5 } }),
      )
      await rig().lines.until('job_completed')
      const expected = { id: job.id, name: 'flaky', queue: queue.name, context: SHOWN }
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [
          producer('add', queue.name, {
            attributes: added(expected, ID),
            children: [
              attempt({ ...expected, attempt: 1 }, failure('RangeError', 'attempt 1')),
              attempt({ ...expected, attempt: 2 }, failure('RangeError', 'attempt 2')),
              attempt({ ...expected, attempt: 3 }),
            ],
          }),
        ]),
      ])
    })

    it('are the spans of the lines that they write', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => log.info('working'))
      await inRequest(() => queue.add('welcome', {}))
      await rig().lines.until('job_completed')
      await rig().spanTrees()
      const span = rig().spans.find(({ kind }) => kind === 'CONSUMER')
      for (const event of ['job_started', 'working', 'job_completed']) {
        expect(rig().lines.of(event)).toMatchObject([{ traceId: span?.traceId, spanId: span?.spanId }])
      }
    })

    it('that are put off have no error', async () => {
      const queue = rig().queue()
      let first = true
      rig().worker(queue, async (job: Job, token) => {
        if (!first) return
        first = false
        await job.moveToDelayed(Date.now() + 10, token)
        throw new DelayedError()
      })
      const job = await inRequest(() => queue.add('put-off', {}))
      await rig().lines.until('job_completed')
      const expected = { id: job.id, name: 'put-off', queue: queue.name, context: SHOWN }
      expect(await rig().ownSpanTrees()).toEqual([
        request(REQUEST, [
          producer('add', queue.name, {
            attributes: added(expected, ID),
            children: [
              attempt(expected, { attributes: { 'job.deferred_reason': 'delayed' } }),
              attempt(expected),
            ],
          }),
        ]),
      ])
    })

    it('of a job that stalled are two, of two workers', async () => {
      const queue = rig().queue()
      const hung = gate()
      const started = gate()
      const crashed = rig().worker(
        queue,
        async () => {
          started.resolve()
          await hung.promise
        },
        { skipLockRenewal: true, lockDuration: 50, skipStalledCheck: true },
      )
      const job = await inRequest(() => queue.add('stalls', {}))
      await started.promise
      const closed = crashed.close(true)
      rig().worker(queue, async () => {}, { stalledInterval: 60 })
      await rig().lines.until('job_completed')
      await closed
      hung.resolve()
      await rig().lines.until('job_deferred')
      const expected = { id: job.id, name: 'stalls', queue: queue.name, context: SHOWN }
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [
          producer('add', queue.name, {
            attributes: added(expected, ID),
            children: [
              attempt(expected, { attributes: { 'job.deferred_reason': 'worker_closed' } }),
              attempt(expected),
            ],
          }),
        ]),
      ])
    })

    it('have the spans of the processor below them', async () => {
      const queue = rig().queue()
      const tracer = trace.getTracer('app')
      rig().worker(queue, async () => {
        await tracer.startActiveSpan('render', async (span) => {
          log.info('rendering')
          await setImmediate()
          span.end()
        })
      })
      await inRequest(() => queue.add('frame', {}))
      await rig().lines.until('job_completed')
      const [tree] = await rig().spanTrees()
      expect(tree?.children[0]?.children[0]?.children).toMatchObject([
        { name: 'render', scope: 'app', attributes: ID, events: [{ name: 'rendering' }], children: [] },
      ])
    })

    it('never fail by a trace that cannot be read, and start one of their own', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      const traceparents = [
        'nonsense',
        '00-00000000000000000000000000000000-b7ad6b7169203331-01',
        '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
        'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more',
      ]
      const jobs = await queue.addBulk(
        traceparents.map((traceparent) => ({
          name: 'job',
          data: {},
          opts: { telemetry: { metadata: JSON.stringify({ traceparent }) } },
        })),
      )
      await rig().lines.until('job_completed', jobs.length)
      const attempts = jobs.map(({ id }) => attempt({ id, name: 'job', queue: queue.name }))
      const trees = await rig().spanTrees()
      expect(trees).toHaveLength(jobs.length + 1)
      expect(trees).toEqual(expect.arrayContaining(attempts))
    })

    it('are in no trace of the request that their worker was made in', async () => {
      const queue = rig().queue({ telemetry: undefined })
      inRequest(() => rig().worker(queue, async () => {}, { telemetry: telemetry() }))
      const job = await queue.add('alone', {})
      await rig().lines.until('job_completed')
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, []),
        attempt({ id: job.id, name: 'alone', queue: queue.name }),
      ])
    })

    it('of sandboxed processors are spans of the parent process', async () => {
      const queue = rig().queue()
      const file = new URL('../fixtures/render-frame.mjs', import.meta.url)
      rig().worker(queue, file)
      const job = await inRequest(() => queue.add('fails', {}))
      await rig().lines.until('job_failed')
      const expected = { id: job.id, name: 'fails', queue: queue.name, context: SHOWN }
      const [tree] = await rig().spanTrees()
      // What class the error was does not come over from the child.
      expect(tree?.children[0]?.children).toEqual([attempt(expected, failure('Error', 'no such frame'))])
    })

    it('never mix: 500 jobs, 20 at a time, each in its own trace', async () => {
      const queue = rig().queue()
      await queue.pause()
      const requests = Array.from({ length: JOBS }, (_, index) => `request-${index}`)
      await Promise.all(requests.map((id) => runWithContext({ 'request.id': id }, () => queue.add(id, {}))))
      const tracer = trace.getTracer('app')
      rig().worker(
        queue,
        async () => {
          const span = tracer.startSpan('inner')
          await setImmediate()
          span.end()
        },
        { concurrency: 20 },
      )
      await queue.resume()
      await rig().lines.until('job_completed', JOBS)
      const trees = await rig().spanTrees()
      expect(trees).toHaveLength(JOBS)
      for (const { attributes, children } of trees) {
        const id = attributes['request.id']
        expect(attributes['job.name']).toBe(id)
        expect(children).toMatchObject([
          {
            attributes: { 'request.id': id, 'job.name': id, 'job.id': attributes['job.id'] },
            children: [{ name: 'inner', attributes: { 'request.id': id } }],
          },
        ])
      }
    })
  })
}
