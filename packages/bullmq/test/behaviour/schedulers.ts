import { describe, expect, it } from '@jest/globals'
import type { Job } from 'bullmq'
import { runWithContext } from '@throughline/core'
import { telemetry } from '../../src/index.js'
import { REQUEST, type Rig } from '../harness/rig.js'

export function describeSchedulers(rig: () => Rig): void {
  describe('schedulers', () => {
    it('give each tick a request id of its own, the labels of the scheduler and no user', async () => {
      const queue = rig().queue()
      await runWithContext(REQUEST, () => queue.upsertJobScheduler('tick', { every: 20 }, { name: 'tick' }))
      rig().worker(queue, async () => {})
      const lines = await rig().lines.until('job_completed', 3)
      await queue.removeJobScheduler('tick')
      const contexts = lines.slice(0, 3).map(({ context }) => context)
      const ids = contexts.map((context) => context['request.id'])
      expect(new Set([...ids, 'request-1']).size).toBe(4)
      for (const context of contexts) {
        expect(context).toMatchObject({ labels: ['tournament'], 'tournament.id': 5, 'job.name': 'tick' })
        expect(context['user.id']).toBeUndefined()
      }
    })

    it('keep the id of a tick over its retries and pass it to what the tick adds', async () => {
      const queue = rig().queue()
      const work = rig().queue()
      rig().worker(work, async () => {})
      await queue.upsertJobScheduler('tick', { every: 60_000 }, { name: 'tick', opts: { attempts: 2 } })
      rig().worker(queue, async (job: Job) => {
        if (job.attemptsMade === 0) throw new Error('once')
        await work.add('work', {})
      })
      await rig().lines.until('job_completed', 1, { 'job.name': 'work' })
      await queue.removeJobScheduler('tick')
      const ids = rig()
        .lines.of('job_started')
        .map(({ context }) => context['request.id'])
      expect(ids).toHaveLength(3)
      expect(new Set(ids).size).toBe(1)
    })

    it('are not given the context of the job that ran before a tick', async () => {
      const queue = rig().queue()
      await runWithContext(REQUEST, () => queue.add('job', {}))
      await queue.upsertJobScheduler('tick', { every: 20 }, { name: 'tick' })
      // The worker fetches the first tick at the end of the job, and adds the second one there and then.
      rig().worker(queue, async () => {}, { telemetry: telemetry() })
      const ticks = await rig().lines.until('job_completed', 3, { 'job.name': 'tick' })
      await queue.removeJobScheduler('tick')
      for (const { context } of ticks) expect(context['labels']).toBeUndefined()
    })

    it('leave the trace of who set them up behind', async () => {
      const queue = rig().queue()
      const work = rig().queue()
      const metadata = JSON.stringify({
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      })
      await queue.upsertJobScheduler(
        'tick',
        { every: 60_000 },
        { name: 'tick', opts: { telemetry: { metadata } } },
      )
      rig().worker(queue, async () => work.add('work', {}).then(() => undefined))
      await rig().lines.until('job_completed', 1, { 'job.name': 'tick' })
      await queue.removeJobScheduler('tick')
      const [job] = await work.getJobs(['waiting'])
      expect(Object.keys(JSON.parse(String(job?.opts.telemetry?.metadata)))).toEqual(['telemetry-context'])
    })
  })
}
