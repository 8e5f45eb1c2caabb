import { trace } from '@opentelemetry/api'
import { describe, expect, it } from '@jest/globals'
import { DelayedError, type Job } from 'bullmq'
import { type JobTrace, telemetry } from '../../src/index.js'
import { gate, REQUEST, type Rig } from '../harness/rig.js'
import { added, attempt, producer, request } from './expected.js'
import { inRequest } from './producers.js'

const ID = { 'request.id': REQUEST['request.id'] }

export function describePlainWorkers(rig: () => Rig): void {
  describe('a plain Worker with telemetry()', () => {
    it.each<JobTrace>(['child', 'link', 'none'])('makes a span of each attempt: %s', async (how) => {
      const queue = rig().queue()
      const inner = gate<string | undefined>()
      const ended = gate()
      rig()
        .plainWorker(
          queue,
          async ({ attemptsMade }: Job) => {
            if (attemptsMade === 0) throw new RangeError('once')
            inner.resolve(trace.getActiveSpan()?.spanContext().spanId)
          },
          { telemetry: telemetry({ trace: how }) },
        )
        .on('completed', () => setImmediate(ended.resolve))
      const job = await inRequest(() => queue.add('plain', {}, { attempts: 2 }))
      await ended.promise
      const sent = producer('add', queue.name, { attributes: added({ id: job.id, name: 'plain' }, ID) })
      const links = how === 'link' ? [{ span: sent.name, attributes: {} }] : []
      const expected = { id: job.id, name: 'plain', queue: queue.name, context: ID }
      const attempts = [
        attempt(
          { ...expected, attempt: 1 },
          {
            links,
            attributes: { 'error.type': 'Error' },
            // BullMQ says why it failed, but does not hand the error over.
            events: [
              {
                name: 'exception',
                attributes: expect.objectContaining({ 'exception.message': 'once' }) as never,
              },
            ],
            status: { code: 'ERROR', message: 'once' },
          },
        ),
        attempt({ ...expected, attempt: 2 }, { links, events: [] }),
      ]
      expect(await rig().spanTrees()).toEqual(
        how === 'child'
          ? [request(REQUEST, [{ ...sent, children: attempts }])]
          : [request(REQUEST, [sent]), ...attempts],
      )
      expect(rig().spans.at(-1)?.spanId).toBe(await inner.promise)
    })

    it('does not take what is put off for a failure', async () => {
      const queue = rig().queue()
      const ended = gate()
      let first = true
      rig()
        .plainWorker(
          queue,
          async (job: Job, token) => {
            if (!first) return
            first = false
            await job.moveToDelayed(Date.now() + 10, token)
            throw new DelayedError()
          },
          { telemetry: telemetry() },
        )
        .on('completed', () => setImmediate(ended.resolve))
      await inRequest(() => queue.add('put-off', {}))
      await ended.promise
      const [tree] = await rig().spanTrees()
      expect(tree?.children[0]?.children.map(({ status }) => status.code)).toEqual(['UNSET', 'UNSET'])
    })

    it('gives the ticks of a scheduler traces of their own', async () => {
      const queue = rig().queue()
      const ended = gate()
      let ticks = 0
      rig()
        .plainWorker(queue, async () => {}, { telemetry: telemetry() })
        .on('completed', () => {
          // The span of a tick ends when the next one is added.
          if (++ticks === 4) ended.resolve()
        })
      await inRequest(() => queue.upsertJobScheduler('tick', { every: 20 }, { name: 'tick' }))
      await ended.promise
      await queue.removeJobScheduler('tick')
      await rig().spanTrees()
      const attempts = rig().spans.filter(({ kind }) => kind === 'CONSUMER')
      expect(attempts.length).toBeGreaterThanOrEqual(3)
      expect(new Set(attempts.map(({ traceId }) => traceId)).size).toBe(attempts.length)
      for (const { parentSpanId } of attempts) expect(parentSpanId).toBeUndefined()
    })

    it('does not inherit the span that it was made in', async () => {
      const queue = rig().queue({ telemetry: undefined })
      const ended = gate()
      inRequest(() =>
        rig()
          .plainWorker(queue, async () => {}, { telemetry: telemetry() })
          .on('completed', () => setImmediate(ended.resolve)),
      )
      const job = await queue.add('alone', {})
      await ended.promise
      // Its connection is made in the constructor, which is BullMQ's own.
      const [, ...trees] = await rig().spanTrees()
      expect(trees).toEqual([attempt({ id: job.id, name: 'alone', queue: queue.name }, { events: [] })])
    })
  })
}
