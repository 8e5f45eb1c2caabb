import { describe, expect, it } from '@jest/globals'
import { getDefaultBackendFactory, type Job, type Worker } from 'bullmq'
import { getContext, getLogger, runWithContext } from '@throughline/core'
import { activeFrame } from '@throughline/core/binding'
import { readJobContext, TelemetryWorker, telemetry, withJobContext } from '../../src/index.js'
import { gate, REQUEST, type Rig } from '../harness/rig.js'

const log = getLogger('worker')

export function describeWorkers(rig: () => Rig): void {
  describe('workers', () => {
    it('do not inherit the request that they were made in', async () => {
      const queue = rig().queue({ telemetry: undefined })
      await queue.add('before', {})
      runWithContext({ ...REQUEST, leak: true }, () => rig().worker(queue, async () => log.info('working')))
      await rig().lines.until('job_completed')
      await queue.add('after', {})
      await rig().lines.until('job_completed', 2)
      for (const { context } of rig().lines.of('working')) {
        expect(Object.keys(context).toSorted()).toEqual([
          'job.attempt',
          'job.id',
          'job.name',
          'job.queue',
          'request.id',
        ])
        expect(context['request.id']).not.toBe('request-1')
      }
    })

    it('keep their house outside any request: lock renewal, stalled checks, errors of the connection', async () => {
      const queue = rig().queue()
      const renewed = gate<unknown>()
      const done = gate()
      runWithContext(REQUEST, () => {
        rig()
          .worker(queue, () => done.promise, { lockDuration: 200, lockRenewTime: 20, stalledInterval: 20 })
          .on('locksRenewed', () => renewed.resolve(activeFrame()))
      })
      await queue.add('long', {})
      expect(await renewed.promise).toBeUndefined()
      done.resolve()
      await rig().lines.until('job_completed')
    })

    it('connect outside any request', () => {
      const queue = rig().queue()
      const frames: unknown[] = []
      runWithContext(REQUEST, () => {
        const create = getDefaultBackendFactory()
        const worker = new TelemetryWorker(
          queue.name,
          async () => {},
          rig().workerOptions(),
          (...args) => {
            frames.push(activeFrame())
            return create(...args)
          },
        )
        rig().keepWorker(worker as Worker)
      })
      expect(frames).toEqual([undefined])
    })

    it('make one unit where telemetry() is given to the worker too', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => log.info('working'), { telemetry: telemetry() })
      await runWithContext(REQUEST, () => queue.add('once', {}))
      await rig().lines.until('job_completed')
      const seen = rig().lines.all.filter(({ context }) => context['job.queue'] === queue.name)
      expect(seen.map(({ event }) => event)).toEqual(['job_started', 'working', 'job_completed'])
      expect(seen[1]?.context).toMatchObject(REQUEST)
    })

    it('run jobs in context without lines where they are plain and have telemetry()', async () => {
      const queue = rig().queue()
      const worker = rig().plainWorker(queue, async () => log.info('working'), { telemetry: telemetry() })
      worker.on('completed', () => log.info('completed'))
      const job = await runWithContext(REQUEST, () => queue.add('plain', {}))
      await rig().lines.until('completed')
      const context = { ...REQUEST, 'job.id': job.id, 'job.name': 'plain', 'job.queue': queue.name }
      const seen = rig().lines.all.filter(({ logger }) => logger !== 'throughline')
      expect(seen.map(({ event, context }) => ({ event, context }))).toEqual([
        { event: 'working', context },
        { event: 'completed', context },
      ])
      expect(rig().lines.of('job_started')).toEqual([])
    })

    it('that are plain keep out the request they were made in, and the user of a scheduler', async () => {
      const queue = rig().queue({ telemetry: undefined })
      const ticks = rig().queue()
      runWithContext(REQUEST, () => {
        rig().plainWorker(queue, async () => log.info('working'), { telemetry: telemetry() })
        rig().plainWorker(ticks, async () => log.info('ticking'), { telemetry: telemetry() })
      })
      await queue.add('plain', {})
      const [line] = await rig().lines.until('working')
      expect(Object.keys(line?.context ?? {})).toEqual(['request.id', 'job.id', 'job.name', 'job.queue'])
      expect(line?.context['request.id']).not.toBe('request-1')

      await runWithContext(REQUEST, () => ticks.upsertJobScheduler('tick', { every: 20 }))
      const lines = await rig().lines.until('ticking', 2)
      await ticks.removeJobScheduler('tick')
      expect(new Set(['request-1', ...lines.map(({ context }) => context['request.id'])]).size).toBe(3)
      for (const { context } of lines) expect(context['user.id']).toBeUndefined()
    })

    it('that are plain and have no telemetry() run as ever, and jobs still keep their metadata', async () => {
      const queue = rig().queue()
      rig().plainWorker(queue, async () => log.info('working'))
      await runWithContext(REQUEST, () => queue.add('plain', {}))
      const [line] = await rig().lines.until('working')
      expect(line?.context).toEqual({})
    })

    it('hand the AbortSignal to a processor that takes one', async () => {
      const queue = rig().queue()
      const got = gate<unknown[]>()
      const worker = rig().worker(queue, async (job: Job, token?: string, signal?: AbortSignal) => {
        worker.cancelJob(String(job.id), 'enough')
        got.resolve([typeof token, signal?.aborted, signal?.reason])
      })
      await queue.add('cancelled', {})
      expect(await got.promise).toEqual(['string', true, 'enough'])
      await rig().lines.until('job_completed')
    })

    it('hand none to a processor that takes two parameters', async () => {
      const queue = rig().queue()
      const got = gate<number>()
      rig().worker(queue, async function (_job: Job, _token?: string) {
        got.resolve(arguments.length === 3 && arguments[2] === undefined ? 2 : arguments.length)
      } as never)
      await queue.add('two', {})
      expect(await got.promise).toBe(2)
    })

    it('have the types of Worker, and can be extended', async () => {
      class MailWorker extends TelemetryWorker<{ to: string }, number> {
        override async close(): Promise<void> {
          log.info('closing')
          return super.close()
        }
      }
      const queue = rig().queue()
      const worker: TelemetryWorker<{ to: string }, number> = new MailWorker(
        queue.name,
        async (job) => job.data.to.length,
        rig().workerOptions(),
      )
      await runWithContext(REQUEST, () => queue.add('typed', { to: 'ann' }))
      const [line] = await rig().lines.until('job_completed')
      expect(line?.context).toMatchObject(REQUEST)
      await worker.close()
      expect(rig().lines.of('closing')).toHaveLength(1)
    })

    it('report a wrong construction at once', () => {
      expect(() => new TelemetryWorker('', async () => {}, rig().workerOptions({ autorun: false }))).toThrow(
        'Queue name must be provided',
      )
      expect(() => new TelemetryWorker('a:b', async () => {}, rig().workerOptions())).toThrow(
        'cannot contain :',
      )
    })

    it('fetch by hand, and withJobContext gives such a job its context', async () => {
      const queue = rig().queue()
      const worker = rig().keepWorker(
        new TelemetryWorker(queue.name, null, rig().workerOptions({ autorun: false })),
      )
      await runWithContext(REQUEST, () => queue.add('by-hand', {}))
      const job = await worker.getNextJob('token')
      const context = withJobContext(job, () => getContext())
      expect(context).toMatchObject({ ...REQUEST, 'job.id': job.id, 'job.attempt': 1 })
      await job.moveToCompleted('done', 'token', false)
    })

    it('process by hand outside the context of who asks for it', async () => {
      const queue = rig().queue({ telemetry: undefined })
      const worker = rig().keepWorker(
        new TelemetryWorker(queue.name, async () => {}, rig().workerOptions({ autorun: false })),
      )
      await queue.add('by-hand', {})
      const job = await worker.getNextJob('token')
      const context = readJobContext(job)
      await runWithContext({ ...REQUEST, leak: true }, () => worker.processJob(job, 'token', () => false))
      const [line] = await rig().lines.until('job_completed')
      expect(line?.context).toEqual(context)
    })
  })
}
