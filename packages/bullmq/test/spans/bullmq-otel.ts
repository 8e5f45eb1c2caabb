import { describe, expect, it } from '@jest/globals'
import type { Job } from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import { getLogger } from '@throughline/core'
import { REQUEST, type Rig } from '../harness/rig.js'
import { inRequest } from './producers.js'

const log = getLogger()

export function describeBullmqOtel(rig: () => Rig): void {
  const spansOf = async (kind: string) => {
    await rig().spanTrees()
    return rig().spans.filter((span) => span.kind === kind)
  }

  describe('bullmq-otel', () => {
    it('on the queue: our job is the child of its span', async () => {
      const queue = rig().queue({ telemetry: new BullMQOtel({ tracerName: 'theirs' }) })
      rig().worker(queue, async () => {})
      await inRequest(() => queue.add('theirs', {}))
      await rig().lines.until('job_completed')
      const [producer, ...producers] = await spansOf('PRODUCER')
      const [consumer, ...consumers] = await spansOf('CONSUMER')
      expect([...producers, ...consumers]).toEqual([])
      expect(producer).toMatchObject({ scope: { name: 'theirs' } })
      expect(consumer).toMatchObject({ scope: { name: '@throughline/core' }, parentSpanId: producer?.spanId })
      expect(consumer?.traceId).toBe(producer?.traceId)
    })

    it('on the worker: its span is the child of ours, and the one that lines of the job bear', async () => {
      const queue = rig().queue()
      const worker = rig().worker(queue, async () => log.info('working'), {
        telemetry: new BullMQOtel({ tracerName: 'theirs' }),
      })
      await inRequest(() => queue.add('ours', {}))
      await rig().lines.until('job_completed')
      await worker.close()
      const [producer] = await spansOf('PRODUCER')
      const [consumer, ...consumers] = await spansOf('CONSUMER')
      expect(consumers).toEqual([])
      expect(consumer).toMatchObject({ scope: { name: 'theirs' }, parentSpanId: producer?.spanId })
      const [line] = rig().lines.of('working')
      expect(line?.context).toMatchObject({ ...REQUEST, 'job.name': 'ours' })
      expect(line).toMatchObject({ traceId: producer?.traceId, spanId: consumer?.spanId })
      // The unit of work lies around their span, and has none.
      for (const event of ['job_started', 'job_completed']) {
        expect(rig().lines.of(event)).toMatchObject([
          { traceId: producer?.traceId, spanId: producer?.spanId },
        ])
      }
    })

    it('on the worker: a retry keeps the context, and is the child of what added the job', async () => {
      const queue = rig().queue()
      const worker = rig().worker(
        queue,
        async ({ attemptsMade }: Job) => {
          if (attemptsMade === 0) throw new Error('once')
        },
        { telemetry: new BullMQOtel({ tracerName: 'theirs' }) },
      )
      await inRequest(() => queue.add('flaky', {}, { attempts: 2 }))
      const [completed] = await rig().lines.until('job_completed')
      expect(completed?.context).toMatchObject({ ...REQUEST, 'job.attempt': 2 })
      await worker.close()
      const [producer] = await spansOf('PRODUCER')
      const attempts = await spansOf('CONSUMER')
      expect(attempts.map(({ scope, parentSpanId }) => [scope.name, parentSpanId])).toEqual([
        ['theirs', producer?.spanId],
        ['theirs', producer?.spanId],
      ])
    })
  })
}
