import { describe, expect, it } from '@jest/globals'
import { type JobTrace, telemetry } from '../../src/index.js'
import { REQUEST, type Rig } from '../harness/rig.js'
import { added, attempt, producer, request } from './expected.js'
import { inRequest } from './producers.js'

const { 'user.id': _, ...SHOWN } = REQUEST
const ID = { 'request.id': REQUEST['request.id'] }

export function describeJobTraces(rig: () => Rig): void {
  describe('telemetry({ trace })', () => {
    const run = async (trace: JobTrace) => {
      const queue = rig().queue()
      rig().worker(queue, async () => {}, { telemetry: telemetry({ trace }) })
      const job = await inRequest(() => queue.add('welcome', {}))
      await rig().lines.until('job_completed')
      const expected = { id: job.id, name: 'welcome', queue: queue.name, context: SHOWN }
      const sent = producer('add', queue.name, { attributes: added(expected, ID) })
      return { expected, sent, trees: await rig().spanTrees() }
    }

    it('child: the job is below what added it', async () => {
      const { expected, sent, trees } = await run('child')
      expect(trees).toEqual([request(REQUEST, [{ ...sent, children: [attempt(expected)] }])])
    })

    it('link: the job starts a trace and links to what added it', async () => {
      const { expected, sent, trees } = await run('link')
      const links = [{ span: sent.name, attributes: {} }]
      expect(trees).toEqual([request(REQUEST, [sent]), attempt(expected, { links })])
    })

    it('none: the job starts a trace', async () => {
      const { expected, sent, trees } = await run('none')
      expect(trees).toEqual([request(REQUEST, [sent]), attempt(expected)])
    })

    it('gives each attempt the same, whatever happened before', async () => {
      const queue = rig().queue()
      const options = { telemetry: telemetry({ trace: 'link' }) }
      rig().worker(
        queue,
        async ({ attemptsMade }) => {
          if (attemptsMade === 0) throw new Error('once')
        },
        options,
      )
      await inRequest(() => queue.add('flaky', {}, { attempts: 2 }))
      await rig().lines.until('job_completed')
      const [, ...attempts] = await rig().spanTrees()
      expect(attempts.map(({ name }) => name)).toEqual([`process ${queue.name}`, `process ${queue.name}`])
      for (const { links } of attempts) expect(links).toEqual([{ span: `add ${queue.name}`, attributes: {} }])
    })
  })
}
