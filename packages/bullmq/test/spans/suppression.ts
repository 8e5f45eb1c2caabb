import { context } from '@opentelemetry/api'
import { isTracingSuppressed } from '@opentelemetry/core'
import { describe, expect, it } from '@jest/globals'
import { type BackendFactory, getDefaultBackendFactory, type Job, Queue, Worker } from 'bullmq'
import { telemetry, TelemetryWorker } from '../../src/index.js'
import { gate, type Rig } from '../harness/rig.js'
import { inRequest } from './producers.js'

/** A backend that notes which of its methods are called where drivers would make spans. */
function watched(loud: Set<string>): BackendFactory {
  const create = getDefaultBackendFactory()
  return (...args) => {
    const backend = create(...args)
    const note = (name: string): void => {
      const parent = (context.active() as { span?: unknown }).span
      if (parent !== undefined && !isTracingSuppressed(context.active())) loud.add(name)
    }
    return new Proxy(backend, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          note(String(name))
          return value.apply(target, given) as unknown
        }
      },
    })
  }
}

const COMMANDS =
  /^(add|move|retry|extend|updateJobScheduler|removeJob|storeResult|obliterate|isJobInList|getJob)/

export function describeSuppression(rig: () => Rig): void {
  describe('commands of BullMQ', () => {
    it.each([
      ['a TelemetryWorker', TelemetryWorker],
      ['a plain Worker', Worker],
    ])('make no spans of drivers where nobody asked for them: %s', async (_name, WorkerClass) => {
      const loud = new Set<string>()
      const factory = watched(loud)
      const name = `queue-${Math.random()}`
      const queue = new Queue(
        name,
        { connection: rig().connection, telemetry: telemetry() },
        factory as never,
      )
      const done = gate()
      const worker = new WorkerClass(
        name,
        async ({ attemptsMade }: Job) => {
          if (attemptsMade === 0) throw new Error('once')
        },
        { ...rig().workerOptions(), telemetry: telemetry(), lockRenewTime: 20, stalledInterval: 20 },
        factory as never,
      )
      worker.on('error', () => {})
      worker.on('completed', ({ name }: Job) => {
        if (name === 'last') setImmediate(done.resolve)
      })
      await inRequest(async () => {
        await queue.add('one', {}, { attempts: 2, backoff: 5 })
        await queue.addBulk([{ name: 'two', data: {}, opts: { attempts: 2 } }])
        await queue.add('last', {}, { attempts: 2, delay: 50 })
      })
      await done.promise
      expect([...loud].filter((method) => COMMANDS.test(method))).toEqual([])
      await worker.close()
      await queue.close()
    })

    it('make the spans that they make where a processor asks for them', async () => {
      const loud = new Set<string>()
      const name = `queue-${Math.random()}`
      const factory = watched(loud)
      const queue = rig().queue({}, name)
      const worker = new TelemetryWorker(
        name,
        async (job: Job) => job.updateProgress(1),
        rig().workerOptions(),
        factory as never,
      )
      rig().keepWorker(worker)
      await inRequest(() => queue.add('one', {}))
      await rig().lines.until('job_completed')
      expect([...loud]).toContain('updateProgress')
    })
  })
}
