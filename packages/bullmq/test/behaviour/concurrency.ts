import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { getLogger, runWithContext } from '@throughline/core'
import type { Rig } from '../harness/rig.js'

const log = getLogger('work')
const JOBS = 500

export function describeConcurrency(rig: () => Rig): void {
  describe('concurrency', () => {
    it('never mixes: 500 jobs, 20 at a time, each line with its own ids', async () => {
      const queue = rig().queue()
      await queue.pause()
      const requests = Array.from({ length: JOBS }, (_, index) => `request-${index}`)
      const ids = new Map<string, string | undefined>()
      await Promise.all(
        requests.map((id, index) =>
          runWithContext({ 'request.id': id, 'user.id': index }, async () => {
            const job = await queue.add(id, { index })
            ids.set(id, job.id)
          }),
        ),
      )
      rig().worker(
        queue,
        async (job) => {
          log.info('before', { expected: job.name })
          await setImmediate()
          log.info('between', { expected: job.name })
          await job.updateProgress(1)
          log.info('after', { expected: job.name })
        },
        { concurrency: 20 },
      )
      await queue.resume()
      await rig().lines.until('job_completed', JOBS)

      for (const event of ['before', 'between', 'after', 'job_started', 'job_completed']) {
        const lines = rig().lines.of(event)
        expect(lines).toHaveLength(JOBS)
        for (const { attributes, context } of lines) {
          const name = String(context['job.name'])
          expect(context).toEqual({
            'request.id': name,
            'user.id': Number(name.slice('request-'.length)),
            'job.id': ids.get(name),
            'job.name': name,
            'job.queue': queue.name,
            'job.attempt': 1,
          })
          expect(attributes['expected'] ?? name).toBe(name)
        }
      }
    })
  })
}
