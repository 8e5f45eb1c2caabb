import { describe, expect, it } from '@jest/globals'
import { FlowProducer } from 'bullmq'
import { getLogger, runWithContext } from '@throughline/core'
import { telemetry } from '../../src/index.js'
import { ownLine, shape } from '../harness/lines.js'
import { REQUEST, type Rig } from '../harness/rig.js'

const log = getLogger('mail')

export function describeProducers(rig: () => Rig): void {
  describe('what adds jobs', () => {
    it('runs a job in the context it was added in, between two lines', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => log.info('mail_sent', { to: 3 }))
      const job = await runWithContext({ ...REQUEST, tenant: 'blue', private: 'stays' }, () =>
        queue.add('welcome', { text: 'hi' }),
      )
      await rig().lines.until('job_completed')

      const context = {
        ...REQUEST,
        tenant: 'blue',
        'job.id': job.id,
        'job.name': 'welcome',
        'job.queue': queue.name,
        'job.attempt': 1,
      }
      const aboutJob = rig().lines.all.filter((line) => 'job.id' in line.context)
      expect(aboutJob.map(shape)).toEqual([
        ownLine('info', 'job_started', context),
        {
          time: 'number',
          level: 'info',
          event: 'mail_sent',
          eventName: 'mail.mail_sent',
          logger: 'mail',
          attributes: { to: 3 },
          context,
        },
        ownLine('info', 'job_completed', context, { duration_ms: 'number' }),
      ])
    })

    it('keeps the context out of the data', async () => {
      const queue = rig().queue()
      const job = await runWithContext(REQUEST, () => queue.add('welcome', { text: 'hi' }))
      const stored = await queue.getJob(String(job.id))
      expect(stored?.data).toEqual({ text: 'hi' })
      expect(JSON.parse(String(stored?.opts.telemetry?.metadata))).toEqual({
        'telemetry-context': 'request.id="request-1", user.id=42, labels=("tournament"), tournament.id=5',
      })
    })

    it('gives a job from outside any context a request id of its own, and no metadata', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      const job = await queue.add('welcome', {})
      expect(job.opts.telemetry).toBeUndefined()
      const [line] = await rig().lines.until('job_completed')
      expect(line?.context).toEqual({
        'request.id': expect.stringMatching(
          /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
        ),
        'job.id': job.id,
        'job.name': 'welcome',
        'job.queue': queue.name,
        'job.attempt': 1,
      })
    })

    it('leaves the context out where the job says so', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      await runWithContext(REQUEST, () => queue.add('welcome', {}, { telemetry: { omitContext: true } }))
      const [line] = await rig().lines.until('job_completed')
      expect(line?.context['request.id']).not.toBe('request-1')
      expect(line?.context['user.id']).toBeUndefined()
    })

    it('carries it with addBulk', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      await runWithContext(REQUEST, () =>
        queue.addBulk([
          { name: 'one', data: {} },
          { name: 'two', data: {}, opts: { attempts: 2 } },
        ]),
      )
      const lines = await rig().lines.until('job_completed', 2)
      expect(
        lines.map(({ context }) => `${String(context['job.name'])} ${context['request.id']}`).toSorted(),
      ).toEqual(['one request-1', 'two request-1'])
    })

    it('carries it with delayed jobs', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      await runWithContext(REQUEST, () => queue.add('later', {}, { delay: 20 }))
      const [line] = await rig().lines.until('job_completed')
      expect(line?.context['request.id']).toBe('request-1')
    })

    it('carries it to the jobs that a job adds', async () => {
      const queue = rig().queue()
      rig().worker(queue, async (job) => {
        if (job.name === 'first') await queue.add('second', {})
      })
      await runWithContext(REQUEST, () => queue.add('first', {}))
      const [line] = await rig().lines.until('job_completed', 1, { 'job.name': 'second' })
      expect(line?.context).toMatchObject(REQUEST)
    })

    it('carries it to every node of a flow, those without opts too', async () => {
      const parents = rig().queue()
      const children = rig().queue()
      rig().worker(parents, async (job) => Object.values(await job.getChildrenValues()))
      rig().worker(children, async (job) => job.name)
      await runWithContext(REQUEST, () =>
        rig()
          .flows()
          .add({
            name: 'parent',
            queueName: parents.name,
            children: [
              { name: 'bare', queueName: children.name },
              {
                name: 'middle',
                queueName: children.name,
                opts: { attempts: 2 },
                children: [{ name: 'leaf', queueName: children.name }],
              },
            ],
          }),
      )
      await rig().lines.until('job_completed', 4)
      const seen = rig()
        .lines.of('job_completed')
        .map(({ context }) => context)
      expect(seen.map((context) => String(context['job.name'])).toSorted()).toEqual([
        'bare',
        'leaf',
        'middle',
        'parent',
      ])
      for (const context of seen) expect(context).toMatchObject(REQUEST)
    })

    it('carries it with addBulk of flows, and with a plain FlowProducer where nodes have opts', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      const plain = new FlowProducer({ connection: rig().connection, telemetry: telemetry() })
      await runWithContext(REQUEST, async () => {
        await rig()
          .flows()
          .addBulk([
            { name: 'bulk', queueName: queue.name },
            { name: 'bulk', queueName: queue.name },
          ])
        await plain.add({ name: 'plain', queueName: queue.name, opts: {} })
      })
      await plain.close()
      const lines = await rig().lines.until('job_completed', 3)
      expect(lines.map(({ context }) => context['request.id'])).toEqual([
        'request-1',
        'request-1',
        'request-1',
      ])
    })

    it('hands a trace on as it came, through a process that makes no spans', async () => {
      const trace = {
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
        baggage: 'tenant=blue;ttl=1,path=%2Fa',
      }
      const queue = rig().queue()
      rig().worker(queue, async (job) => {
        if (job.name === 'first') await queue.add('second', {})
      })
      await queue.addBulk([
        { name: 'first', data: {}, opts: { telemetry: { metadata: JSON.stringify(trace) } } },
      ])
      const [line] = await rig().lines.until('job_completed', 1, { 'job.name': 'second' })
      const second = await queue.getJob(String(line?.context['job.id']))
      expect(JSON.parse(String(second?.opts.telemetry?.metadata))).toEqual({
        ...trace,
        'telemetry-context': `request.id="${line?.context['request.id']}"`,
      })
    })
  })
}
