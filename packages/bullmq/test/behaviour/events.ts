import { describe, expect, it } from '@jest/globals'
import { getLogger, runWithContext } from '@throughline/core'
import { REQUEST, type Rig } from '../harness/rig.js'

const log = getLogger('listener')

export function describeEvents(rig: () => Rig): void {
  describe('worker events', () => {
    it('run in the context of their job', async () => {
      const queue = rig().queue()
      const worker = rig().worker(queue, async (job) => {
        await job.updateProgress(50)
        if (job.name === 'fails') throw new Error('final')
      })
      for (const event of ['active', 'progress', 'completed', 'failed'] as const) {
        worker.on(event, () => log.info(event))
      }
      await runWithContext({ 'request.id': 'works' }, () => queue.add('works', {}))
      await rig().lines.until('completed')
      await runWithContext({ 'request.id': 'fails' }, () => queue.add('fails', {}))
      await rig().lines.until('failed')

      const seen = rig().lines.all.filter(({ context }) => context['job.queue'] === queue.name)
      expect(
        seen.map(({ event, context }) => [context['request.id'], context['job.name'], event].join(' ')),
      ).toEqual([
        'works works active',
        'works works job_started',
        'works works progress',
        'works works job_completed',
        'works works completed',
        'fails fails active',
        'fails fails job_started',
        'fails fails progress',
        'fails fails job_failed',
        'fails fails failed',
      ])
    })

    it('keep to their job where one follows at the heels of another', async () => {
      const queue = rig().queue()
      const jobs = Array.from({ length: 10 }, (_, index) => `request-${index}`)
      for (const id of jobs) await runWithContext({ 'request.id': id }, () => queue.add(id, {}))
      const worker = rig().worker(queue, async () => {})
      worker.on('active', (job) => log.info('active', { expected: job.name }))
      worker.on('completed', (job) => log.info('completed', { expected: job.name }))
      await rig().lines.until('completed', jobs.length)
      for (const event of ['active', 'completed']) {
        const lines = rig().lines.of(event)
        expect(lines).toHaveLength(jobs.length)
        for (const { attributes, context } of lines)
          expect(context['request.id']).toBe(attributes['expected'])
      }
    })

    it('that are about no job have no context', async () => {
      const queue = rig().queue()
      const worker = runWithContext(REQUEST, () => rig().worker(queue, async () => {}))
      for (const event of ['ready', 'drained'] as const) worker.on(event, () => log.info(event))
      await rig().lines.until('ready')
      await runWithContext(REQUEST, () => queue.add('works', {}))
      await rig().lines.until('job_completed')
      const [drained] = await rig().lines.until('drained')
      expect(drained?.context).toEqual({})
      expect(rig().lines.of('ready')[0]?.context).toEqual({})
    })

    it('keep the inner scope that a processor opened', async () => {
      const queue = rig().queue()
      const worker = rig().worker(queue, async (job) =>
        runWithContext({ step: 'render' }, () => job.updateProgress(1)),
      )
      worker.on('progress', () => log.info('progress'))
      await queue.add('works', {})
      const [line] = await rig().lines.until('progress')
      expect(line?.context['step']).toBe('render')
    })

    it('leave a listener that throws to the worker', async () => {
      const queue = rig().queue()
      const worker = rig().worker(queue, async () => {})
      const thrown = new Error('listener')
      worker.on('error', (error) => log.info('listener_error', { same: error === thrown }))
      worker.on('completed', () => {
        throw thrown
      })
      await queue.add('works', {})
      const [line] = await rig().lines.until('listener_error')
      expect(line?.attributes['same']).toBe(true)
    })
  })
}
