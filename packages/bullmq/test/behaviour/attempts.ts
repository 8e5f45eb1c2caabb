import { describe, expect, it } from '@jest/globals'
import { type Job, UnrecoverableError } from 'bullmq'
import { getLogger, onUnitEnd, runWithContext } from '@throughline/core'
import { ownLine, shape } from '../harness/lines.js'
import { gate, REQUEST, type Rig } from '../harness/rig.js'

const log = getLogger()

export function describeAttempts(rig: () => Rig): void {
  describe('attempts', () => {
    it('keeps the request id over retries, counts attempts up, and writes one job_failed each', async () => {
      const queue = rig().queue()
      rig().worker(queue, async (job: Job) => {
        if (job.attemptsMade < 2) throw new RangeError(`attempt ${job.attemptsMade}`)
      })
      const job = await runWithContext(REQUEST, () =>
        queue.add('flaky', {}, { attempts: 3, backoff: { type: 'exponential', delay: 5 } }),
      )
      await rig().lines.until('job_completed')

      const context = (attempt: number) => ({
        ...REQUEST,
        'job.id': job.id,
        'job.name': 'flaky',
        'job.queue': queue.name,
        'job.attempt': attempt,
      })
      const failure = (attempt: number) => ({
        duration_ms: 'number',
        'exception.type': 'RangeError',
        'exception.message': `attempt ${attempt - 1}`,
        'exception.stacktrace': 'string',
      })
      expect(
        rig()
          .lines.all.filter((line) => 'job.id' in line.context)
          .map(shape),
      ).toEqual([
        ownLine('info', 'job_started', context(1)),
        ownLine('error', 'job_failed', context(1), failure(1)),
        ownLine('info', 'job_started', context(2)),
        ownLine('error', 'job_failed', context(2), failure(2)),
        ownLine('info', 'job_started', context(3)),
        ownLine('info', 'job_completed', context(3), { duration_ms: 'number' }),
      ])
    })

    it('keeps a request id of its own making over retries', async () => {
      const queue = rig().queue({ telemetry: undefined })
      rig().worker(queue, async (job: Job) => {
        if (job.attemptsMade === 0) throw new Error('once')
      })
      await queue.add('flaky', {}, { attempts: 2 })
      await rig().lines.until('job_completed')
      const ids = rig()
        .lines.of('job_started')
        .map(({ context }) => context['request.id'])
      expect(ids).toHaveLength(2)
      expect(new Set(ids).size).toBe(1)
    })

    it('lets the same error object go on', async () => {
      const queue = rig().queue()
      const thrown = Object.freeze(new Error('kept'))
      const seen = gate<Error>()
      rig()
        .worker(queue, async () => {
          throw thrown
        })
        .on('failed', (_job, error) => seen.resolve(error))
      await queue.add('fails', {})
      expect(await seen.promise).toBe(thrown)
    })

    it('returns what the processor returns', async () => {
      const queue = rig().queue()
      const result = { deep: [1] }
      const seen = gate<unknown>()
      rig()
        .worker(queue, async () => result)
        .on('completed', (_job, value) => seen.resolve(value))
      await queue.add('works', {})
      expect(await seen.promise).toBe(result)
    })

    it('takes a string and undefined that were thrown', async () => {
      const queue = rig().queue()
      rig().worker(queue, async (job: Job) => {
        throw job.name === 'string' ? 'just text' : undefined
      })
      await queue.add('string', {})
      await rig().lines.until('job_failed')
      await queue.add('undefined', {})
      const lines = await rig().lines.until('job_failed', 2)
      expect(lines.map((line) => shape(line))).toMatchObject([
        {
          attributes: { duration_ms: 'number', 'exception.type': 'string', 'exception.message': 'just text' },
        },
        {
          attributes: {
            duration_ms: 'number',
            'exception.type': 'undefined',
            'exception.message': 'undefined',
          },
        },
      ])
    })

    it('takes a synchronous throw', async () => {
      const queue = rig().queue()
      rig().worker(queue, () => {
        throw new TypeError('at once')
      })
      await queue.add('fails', {})
      const [line] = await rig().lines.until('job_failed')
      expect(line?.attributes['exception.message']).toBe('at once')
    })

    it('fails a job whose result cannot be stored', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {
        const circle: Record<string, unknown> = {}
        circle['self'] = circle
        return circle
      })
      await queue.add('circular', {})
      const [line] = await rig().lines.until('job_failed')
      expect(line?.attributes['exception.type']).toBe('TypeError')
      expect(rig().lines.of('job_completed')).toEqual([])
    })

    it('fails a parent by its child, though its processor never runs', async () => {
      const queue = rig().queue()
      const children = rig().queue()
      rig().worker(queue, async () => 'never')
      rig().worker(children, async () => {
        throw new UnrecoverableError('child broke')
      })
      await runWithContext(REQUEST, () =>
        rig()
          .flows()
          .add({
            name: 'parent',
            queueName: queue.name,
            children: [{ name: 'child', queueName: children.name, opts: { failParentOnFailure: true } }],
          }),
      )
      const [line] = await rig().lines.until('job_failed', 1, { 'job.name': 'parent' })
      expect(line?.context).toMatchObject(REQUEST)
      expect(line?.attributes['exception.type']).toBe('UnrecoverableError')
    })

    it('tells those who listen for ended units', async () => {
      const queue = rig().queue()
      const thrown = new Error('told')
      const units: unknown[] = []
      const stop = onUnitEnd(({ kind, name, outcome, error, context }) =>
        units.push({ kind, name, outcome, error, requestId: context['request.id'] }),
      )
      rig().worker(queue, async (job: Job) => {
        if (job.name === 'fails') throw thrown
      })
      await runWithContext(REQUEST, () => queue.add('fails', {}))
      await rig().lines.until('job_failed')
      await runWithContext(REQUEST, () => queue.add('works', {}))
      await rig().lines.until('job_completed')
      stop()
      const unit = { kind: 'job', name: queue.name, requestId: 'request-1' }
      expect(units).toEqual([
        { ...unit, outcome: 'error', error: thrown },
        { ...unit, outcome: 'ok', error: undefined },
      ])
    })

    it('gives a stalled job its context back when another worker takes it up', async () => {
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
      await runWithContext(REQUEST, () => queue.add('stalls', {}))
      await started.promise
      const closed = crashed.close(true)
      const stalled = gate<string>()
      rig()
        .worker(queue, async () => log.info('taken_up'), { stalledInterval: 60 })
        .on('stalled', (id) => stalled.resolve(id))
      const [line] = await rig().lines.until('taken_up')
      expect(line?.context).toMatchObject({ ...REQUEST, 'job.id': await stalled.promise })
      await closed
      hung.resolve()
      const [abandoned] = await rig().lines.until('job_deferred')
      expect(abandoned?.attributes['job.deferred_reason']).toBe('worker_closed')
      await rig().lines.until('job_completed')
    })
  })
}
