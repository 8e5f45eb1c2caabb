import { describe, expect, it } from '@jest/globals'
import { telemetry } from '../../src/index.js'
import { REQUEST, type Rig } from '../harness/rig.js'
import { inRequest } from './producers.js'

const TICKS = 3

export function describeSchedulerSpans(rig: () => Rig): void {
  describe('schedulers', () => {
    it.each([
      ['with telemetry()', () => telemetry()],
      ['without', () => undefined],
      ['that links', () => telemetry({ trace: 'link' })],
    ])('give each tick a trace of its own, of a worker %s', async (_name, make) => {
      const queue = rig().queue()
      rig().worker(queue, async () => {}, { telemetry: make() })
      await inRequest(() => queue.upsertJobScheduler('tick', { every: 20 }, { name: 'tick' }))
      await rig().lines.until('job_completed', TICKS)
      await queue.removeJobScheduler('tick')
      const [upsert, ...ticks] = await rig().spanTrees()

      expect(upsert).toMatchObject({
        name: 'GET',
        children: [{ name: `add ${queue.name}`, kind: 'PRODUCER', children: [] }],
      })
      expect(upsert?.children).toHaveLength(1)
      expect(ticks.length).toBeGreaterThanOrEqual(TICKS)
      for (const tick of ticks) {
        expect(tick).toMatchObject({
          name: `process ${queue.name}`,
          kind: 'CONSUMER',
          links: [],
          children: [],
        })
        expect(tick).not.toHaveProperty('parentMissing')
        expect(tick.attributes).toMatchObject({ labels: REQUEST.labels, 'job.name': 'tick' })
      }
      const traces = rig().spans.map(({ traceId }) => traceId)
      expect(new Set(traces).size).toBe(ticks.length + 1)
      const ids = ticks.map(({ attributes }) => attributes['request.id'])
      expect(new Set([...ids, REQUEST['request.id']]).size).toBe(ticks.length + 1)
    })

    it('keep the trace of a tick for what it adds', async () => {
      const queue = rig().queue()
      const work = rig().queue()
      rig().worker(work, async () => {})
      rig().worker(queue, async () => work.add('work', {}).then(() => undefined))
      await queue.upsertJobScheduler('tick', { every: 60_000 }, { name: 'tick' })
      await rig().lines.until('job_completed', 1, { 'job.name': 'work' })
      await rig().lines.until('job_completed', 1, { 'job.name': 'tick' })
      await queue.removeJobScheduler('tick')
      const trees = await rig().spanTrees()
      expect(trees.find(({ name }) => name === `process ${queue.name}`)?.children).toMatchObject([
        { name: `add ${work.name}`, children: [{ name: `process ${work.name}`, children: [] }] },
      ])
    })
  })
}
