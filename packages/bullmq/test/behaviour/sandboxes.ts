import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { getLogger, runWithContext } from '@throughline/core'
import { gate, REQUEST, type Rig } from '../harness/rig.js'

const log = getLogger('parent')
const FILE = fileURLToPath(new URL('../fixtures/render-frame.mjs', import.meta.url))

export function describeSandboxes(rig: () => Rig): void {
  describe.each([
    ['a process by path', FILE, false],
    ['a process by URL', pathToFileURL(FILE), false],
    ['a worker thread', pathToFileURL(FILE), true],
  ])('sandboxed processors in %s', (_name, processor, useWorkerThreads) => {
    it('read the context in the child, while the parent writes the lines', async () => {
      const queue = rig().queue()
      const worker = rig().worker(queue, processor, { useWorkerThreads })
      const finished = gate<unknown>()
      const progress: unknown[] = []
      worker.on('progress', (_job, value) => {
        progress.push(value)
        log.info('progress')
      })
      worker.on('completed', (_job, result) => finished.resolve(result))
      worker.on('failed', (_job, error) => finished.reject(error))
      const job = await runWithContext(REQUEST, () => queue.add('frame', {}))
      const context = {
        ...REQUEST,
        'job.id': job.id,
        'job.name': 'frame',
        'job.queue': queue.name,
        'job.attempt': 1,
      }
      // The label table is the parent's: the child knows no ids of its own.
      const { 'tournament.id': _, ...inChild } = context
      expect(await finished.promise).toEqual({ read: inChild, outside: {} })
      // BullMQ stores progress beside the result: its event may come after the job's end.
      await rig().lines.until('progress')
      expect(progress).toEqual([{ inChild }])
      const seen = rig().lines.all.filter((line) => line.context['job.queue'] === queue.name)
      expect(seen.map(({ event }) => event).toSorted()).toEqual(['job_completed', 'job_started', 'progress'])
      for (const line of seen) expect(line.context).toEqual(context)
    })

    it('find the same request id as the parent where none was carried', async () => {
      const queue = rig().queue({ telemetry: undefined })
      const finished = gate<{ read: object }>()
      rig()
        .worker(queue, processor, { useWorkerThreads })
        .on('completed', (_job, result) => finished.resolve(result))
      await queue.add('frame', {})
      const { read } = await finished.promise
      expect(rig().lines.of('job_started')[0]?.context).toEqual(read)
    })

    it('keep their jobs apart, though one child serves them all', async () => {
      const queue = rig().queue()
      const requests = ['request-1', 'request-2', 'request-3']
      for (const id of requests) await runWithContext({ 'request.id': id }, () => queue.add(id, {}))
      rig()
        .worker(queue, processor, { useWorkerThreads })
        .on('progress', (job) => log.info('progress', { expected: job.name }))
      const seen = await rig().lines.until('progress', requests.length)
      expect(seen.map(({ context }) => String(context['request.id'])).toSorted()).toEqual(requests)
      for (const { attributes, context } of seen) expect(context['request.id']).toBe(attributes['expected'])
      await rig().lines.until('job_completed', requests.length)
    })

    it('fail in the context of their job', async () => {
      const queue = rig().queue()
      rig().worker(queue, processor, { useWorkerThreads })
      await runWithContext(REQUEST, () => queue.add('fails', {}))
      const [line] = await rig().lines.until('job_failed')
      expect(line?.context).toMatchObject(REQUEST)
      expect(line?.attributes).toMatchObject({ 'exception.message': 'no such frame' })
    })
  })
}
