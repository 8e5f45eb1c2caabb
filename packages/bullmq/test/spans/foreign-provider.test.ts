import { context, propagation, trace } from '@opentelemetry/api'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Job } from 'bullmq'
import { telemetry } from '../../src/index.js'
import { embeddedRedis, nativeRedis } from '../harness/backend.js'
import { gate, Rig } from '../harness/rig.js'
import { inRequest } from './producers.js'

describe('spans of jobs under the provider and the context manager of another set-up', () => {
  const ended: ReadableSpan[] = []
  const provider = new TracerProvider({
    spanProcessors: [
      {
        onStart() {},
        onEnd: (span) => void ended.push(span),
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  })
  let rig: Rig
  beforeAll(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    trace.setGlobalTracerProvider(provider)
    propagation.setGlobalPropagator(new W3CTraceContextPropagator())
    rig = await Rig.openTraced(nativeRedis ?? embeddedRedis)
  }, 60_000)
  afterEach(() => rig.reset().then(() => ended.splice(0)))
  afterAll(() => rig.close())

  /** The spans of the trace that the request began, each as its way down from there. */
  const paths = (): string[] => {
    const pathOf = ({ name, parentSpanContext }: ReadableSpan): string => {
      const parent = ended.find((span) => span.spanContext().spanId === parentSpanContext?.spanId)
      return parent === undefined ? name : `${pathOf(parent)} > ${name}`
    }
    return ended.map(pathOf).toSorted()
  }

  it('are in one trace, across the hop', async () => {
    const queue = rig.queue({}, 'mails')
    rig.worker(queue, async ({ attemptsMade }: Job) => {
      if (attemptsMade === 0) throw new Error('once')
      await trace.getTracer('app').startActiveSpan('render', async (span) => span.end())
    })
    await inRequest(() =>
      trace.getTracer('app').startActiveSpan('handler', async (span) => {
        await queue.add('welcome', {}, { attempts: 2 })
        span.end()
      }),
    )
    await rig.lines.until('job_completed')
    const added = 'GET > handler > add mails'
    expect(paths()).toEqual([
      'GET',
      'GET > handler',
      added,
      `${added} > process mails`,
      `${added} > process mails`,
      `${added} > process mails > render`,
    ])
  })

  it('do not belong to the request that a worker was made in', async () => {
    const queue = rig.queue({ telemetry: undefined }, 'letters')
    inRequest(() => rig.worker(queue, async () => {}, { telemetry: telemetry() }))
    await queue.add('alone', {})
    await rig.lines.until('job_completed')
    expect(paths()).toEqual(['GET', 'process letters'])
  })

  it('are made for a plain Worker too', async () => {
    const queue = rig.queue({}, 'papers')
    const done = gate()
    rig
      .plainWorker(
        queue,
        async () => trace.getTracer('app').startActiveSpan('render', (span) => span.end()),
        { telemetry: telemetry() },
      )
      .on('completed', () => setImmediate(done.resolve))
    await inRequest(() => queue.add('plain', {}))
    await done.promise
    const added = 'GET > add papers'
    expect(paths()).toEqual(['GET', added, `${added} > process papers`, `${added} > process papers > render`])
  })
})
