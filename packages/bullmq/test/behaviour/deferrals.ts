import { describe, expect, it } from '@jest/globals'
import { DelayedError, type Job, Worker, WaitingChildrenError, WaitingError } from 'bullmq'
import { runWithContext } from '@throughline/core'
import { ownLine, shape } from '../harness/lines.js'
import { REQUEST, type Rig } from '../harness/rig.js'

export function describeDeferrals(rig: () => Rig): void {
  describe('what is put off', () => {
    const expectDeferral = async (reason: string): Promise<void> => {
      await rig().lines.until('job_completed', 1, { 'job.name': 'put-off' })
      const [line] = rig().lines.of('job_deferred')
      expect(shape(line)).toEqual(
        ownLine(
          'info',
          'job_deferred',
          { ...REQUEST, ...jobFields(line?.context) },
          {
            duration_ms: 'number',
            'job.deferred_reason': reason,
          },
        ),
      )
      expect(rig().lines.of('job_deferred')).toHaveLength(1)
      expect(rig().lines.of('job_failed')).toEqual([])
    }

    it('is no failure: DelayedError', async () => {
      const queue = rig().queue()
      let first = true
      rig().worker(queue, async (job: Job, token) => {
        if (!first) return
        first = false
        await job.moveToDelayed(Date.now() + 10, token)
        throw new DelayedError()
      })
      await runWithContext(REQUEST, () => queue.add('put-off', {}))
      await expectDeferral('delayed')
    })

    it('is no failure: WaitingError', async () => {
      const queue = rig().queue()
      let first = true
      rig().worker(queue, async (job: Job, token) => {
        if (!first) return
        first = false
        await job.moveToWait(token)
        throw new WaitingError()
      })
      await runWithContext(REQUEST, () => queue.add('put-off', {}))
      await expectDeferral('waiting')
    })

    it('is no failure: WaitingChildrenError', async () => {
      const queue = rig().queue()
      const children = rig().queue()
      rig().worker(queue, async (job: Job, token) => {
        if (job.data.step === 'wait') return
        await job.updateData({ step: 'wait' })
        await children.add('child', {}, { parent: { id: String(job.id), queue: job.queueQualifiedName } })
        if (await job.moveToWaitingChildren(String(token))) throw new WaitingChildrenError()
      })
      await runWithContext(REQUEST, () => queue.add('put-off', {}))
      await rig().lines.until('job_deferred')
      rig().worker(children, async () => 'done')
      await rig().lines.until('job_completed', 1, { 'job.name': 'child' })
      expect(rig().lines.of('job_completed', { 'job.name': 'child' })[0]?.context).toMatchObject(REQUEST)
      await expectDeferral('waiting_children')
    })

    it('is no failure: a rate limit', async () => {
      const queue = rig().queue()
      let first = true
      const worker = rig().worker(
        queue,
        async () => {
          if (!first) return
          first = false
          await queue.rateLimit(10)
          throw Worker.RateLimitError()
        },
        { limiter: { max: 100, duration: 1_000 } },
      )
      await worker.waitUntilReady()
      await runWithContext(REQUEST, () => queue.add('put-off', {}))
      await expectDeferral('rate_limited')
    })
  })
}

function jobFields(context: object = {}): object {
  return Object.fromEntries(Object.entries(context).filter(([key]) => key.startsWith('job.')))
}
