import { context, propagation } from '@opentelemetry/api'
import { describe, expect, it } from '@jest/globals'
import { type Job, type Queue } from 'bullmq'
import { getLogger, runUnit, runWithContext } from '@throughline/core'
import { withJobContext } from '../../src/index.js'
import { REQUEST, type Rig } from '../harness/rig.js'
import { added, attempt, exception, producer, request } from './expected.js'

const log = getLogger()
const { 'user.id': _, ...SHOWN } = REQUEST
const ID = { 'request.id': REQUEST['request.id'] }

/** Runs `fn` as a request would, and lets its line pass. */
export function inRequest<T>(
  fn: () => T,
  carrier?: { traceparent: string; tracestate?: string; baggage?: string },
): T {
  return runUnit({ kind: 'http', name: 'GET', fields: REQUEST, carrier, quiet: true }, fn)
}

export function metadataOf(job: Job | undefined): Record<string, string> {
  return JSON.parse(String(job?.opts.telemetry?.metadata)) as Record<string, string>
}

export function describeProducerSpans(rig: () => Rig): void {
  const run = (queue: Queue): void => void rig().worker(queue, async () => {})

  /** It connects at its first use. */
  const readyFlows = async () => {
    const flows = rig().flows()
    await flows.waitUntilReady()
    return flows
  }

  describe('what adds jobs', () => {
    it('is a span, and the parent of the job that it adds', async () => {
      const queue = rig().queue()
      run(queue)
      const job = await inRequest(() => queue.add('welcome', {}))
      await rig().lines.until('job_completed')
      const expected = { id: job.id, name: 'welcome', queue: queue.name }
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [
          producer('add', queue.name, {
            attributes: added(expected, ID),
            children: [attempt({ ...expected, context: SHOWN })],
          }),
        ]),
      ])
    })

    it('hands trace and context on in the metadata of the job', async () => {
      const queue = rig().queue()
      const job = await inRequest(() => queue.add('welcome', {}))
      await rig().spanTrees()
      const span = rig().spans.find(({ kind }) => kind === 'PRODUCER')
      expect(metadataOf(await queue.getJob(String(job.id)))).toEqual({
        traceparent: `00-${span?.traceId}-${span?.spanId}-01`,
        'telemetry-context': 'request.id="request-1", user.id=42, labels=("tournament"), tournament.id=5',
      })
    })

    it('starts a trace where there is none', async () => {
      const queue = rig().queue()
      run(queue)
      const job = await queue.add('welcome', {})
      await rig().lines.until('job_completed')
      const expected = { id: job.id, name: 'welcome', queue: queue.name }
      expect(await rig().spanTrees()).toEqual([
        producer('add', queue.name, { attributes: added(expected), children: [attempt(expected)] }),
      ])
    })

    it('is one span for addBulk, with each job below it', async () => {
      const queue = rig().queue()
      const jobs = await inRequest(() =>
        queue.addBulk([
          { name: 'one', data: {} },
          { name: 'two', data: {}, opts: { attempts: 2 } },
        ]),
      )
      run(queue)
      await rig().lines.until('job_completed', 2)
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [
          producer('addBulk', queue.name, {
            attributes: { ...ID, 'messaging.batch.message_count': 2 },
            children: jobs.map(({ id, name }) => attempt({ id, name, queue: queue.name, context: SHOWN })),
          }),
        ]),
      ])
    })

    it('is one span for a flow, with every node of it below', async () => {
      const parents = rig().queue()
      const children = rig().queue()
      const flows = await readyFlows()
      const flow = await inRequest(() =>
        flows.add({
          name: 'parent',
          queueName: parents.name,
          children: [{ name: 'child', queueName: children.name }],
        }),
      )
      run(parents)
      run(children)
      await rig().lines.until('job_completed', 2)
      const child = { id: flow.children?.[0]?.job.id, name: 'child', queue: children.name, context: SHOWN }
      const parent = { id: flow.job.id, name: 'parent', queue: parents.name, context: SHOWN }
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [
          producer('addFlow', parents.name, {
            attributes: ID,
            children: expect.arrayContaining([attempt(child), attempt(parent)]) as never,
          }),
        ]),
      ])
      expect(rig().spans).toHaveLength(4)
    })

    it('is one span for several flows', async () => {
      const queue = rig().queue()
      const sender = await readyFlows()
      const flows = await inRequest(() =>
        sender.addBulk([
          { name: 'one', queueName: queue.name },
          { name: 'two', queueName: queue.name },
        ]),
      )
      run(queue)
      await rig().lines.until('job_completed', 2)
      const attempts = flows.map(({ job: { id, name } }) =>
        attempt({ id, name, queue: queue.name, context: SHOWN }),
      )
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [
          producer('addBulkFlows', undefined, {
            attributes: { ...ID, 'messaging.batch.message_count': 2 },
            children: expect.arrayContaining(attempts) as never,
          }),
        ]),
      ])
      expect(rig().spans).toHaveLength(4)
    })

    it('is the parent of a delayed job too', async () => {
      const queue = rig().queue()
      run(queue)
      const job = await inRequest(() => queue.add('later', {}, { delay: 20 }))
      await rig().lines.until('job_completed')
      const expected = { id: job.id, name: 'later', queue: queue.name }
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [
          producer('add', queue.name, {
            attributes: added(expected, ID),
            children: [attempt({ ...expected, context: SHOWN })],
          }),
        ]),
      ])
    })

    it('goes on from job to job, also from the events of a job', async () => {
      const queue = rig().queue()
      rig()
        .worker(queue, async (job) => {
          if (job.name === 'first') await queue.add('second', {})
        })
        .on('completed', (job) => {
          if (job.name === 'second') void queue.add('third', {})
        })
      await inRequest(() => queue.add('first', {}))
      await rig().lines.until('job_completed', 1, { 'job.name': 'third' })
      const names: string[] = []
      for (let [at] = await rig().spanTrees(); at !== undefined; at = at.children[0]) {
        expect(at.children.length).toBeLessThanOrEqual(1)
        const job = (at.attributes['job.name'] as string | undefined) ?? ''
        names.push(at.name.replace(queue.name, job))
      }
      expect(names).toEqual([
        'GET',
        'add first',
        'process first',
        'add second',
        'process second',
        'add third',
        'process third',
      ])
    })

    it('fails with what refused the job', async () => {
      const queue = rig().queue()
      await expect(inRequest(() => queue.add('refused', {}, { jobId: '0' }))).rejects.toThrow('JobId')
      const [{ children: [span] } = { children: [] }] = await rig().spanTrees()
      const message = "JobId cannot be '0' or start with '0:'"
      expect(span).toEqual(
        producer('add', queue.name, {
          attributes: { ...ID, 'error.type': 'Error' },
          events: [exception('Error', message)],
          status: { code: 'ERROR', message },
        }),
      )
    })

    it('leaves the trace out where the job says so', async () => {
      const queue = rig().queue()
      run(queue)
      const job = await inRequest(() => queue.add('alone', {}, { telemetry: { omitContext: true } }))
      await rig().lines.until('job_completed')
      const expected = { id: job.id, name: 'alone', queue: queue.name }
      expect(await rig().spanTrees()).toEqual([
        request(REQUEST, [producer('add', queue.name, { attributes: added(expected, ID) })]),
        attempt(expected),
      ])
    })

    it('makes no span in a trace that is not sampled, and says so to the job', async () => {
      const queue = rig().queue()
      run(queue)
      const traceId = '0af7651916cd43dd8448eb211c80319c'
      const traceparent = `00-${traceId}-b7ad6b7169203331-00`
      const job = await inRequest(() => queue.add('quiet', {}), { traceparent })
      const [completed] = await rig().lines.until('job_completed')
      expect(await rig().spanTrees()).toEqual([])
      expect(metadataOf(job)['traceparent']).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-00$`))
      expect(completed?.traceId).toBe(traceId)
    })

    it('hands tracestate and baggage on', async () => {
      const queue = rig().queue()
      const seen = new Promise((resolve) => {
        rig().worker(queue, async () => resolve(propagation.getBaggage(context.active())?.getAllEntries()))
      })
      const job = await inRequest(() => queue.add('bagged', {}), {
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        tracestate: 'rojo=00f067aa0ba902b7',
        baggage: 'tenant=blue',
      })
      expect(metadataOf(job)).toMatchObject({ tracestate: 'rojo=00f067aa0ba902b7', baggage: 'tenant=blue' })
      expect(await seen).toEqual([['tenant', { value: 'blue' }]])
      await rig().lines.until('job_completed')
    })

    it('is no span for what else a queue does', async () => {
      const queue = rig().queue()
      await inRequest(async () => {
        await queue.pause()
        await queue.resume()
        await queue.drain()
        await queue.clean(0, 10)
        await queue.retryJobs()
        await queue.promoteJobs()
        await queue.obliterate({ force: true })
      })
      expect(await rig().ownSpanTrees()).toEqual([request(REQUEST, [])])
    })

    it('gives the lines of withJobContext the trace of the job', async () => {
      const queue = rig().queue()
      const job = await inRequest(() => queue.add('by-hand', {}))
      runWithContext({ other: true }, () => withJobContext(job, () => log.info('by_hand')))
      await rig().spanTrees()
      const span = rig().spans.find(({ kind }) => kind === 'PRODUCER')
      expect(rig().lines.of('by_hand')).toMatchObject([{ traceId: span?.traceId, spanId: span?.spanId }])
    })
  })
}
