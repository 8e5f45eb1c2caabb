import { describe, expect, it } from '@jest/globals'
import type { Rig } from '../harness/rig.js'

const GARBAGE: Record<string, string> = {
  'no JSON': 'garbage{',
  'half a JSON text': '{"traceparent":',
  'a JSON string': '"text"',
  'a JSON list': '[1,2]',
  'JSON null': 'null',
  'a number': '17',
  huge: JSON.stringify({ 'telemetry-context': 'a'.repeat(100_000) }),
  'a huge context': JSON.stringify({ 'telemetry-context': `user.id="${'a'.repeat(8_000)}"` }),
  'members of wrong types': JSON.stringify({
    'telemetry-context': 7,
    traceparent: {},
    tracestate: [],
    baggage: 1,
  }),
  'an unsafe request id': JSON.stringify({ 'telemetry-context': 'request.id="a b<script>"' }),
  'a request id of another type': JSON.stringify({ 'telemetry-context': 'request.id=17' }),
  'a list as request id': JSON.stringify({ 'telemetry-context': 'request.id=("a" "b")' }),
  'fields of ours': JSON.stringify({ 'telemetry-context': 'job.id="9", job.queue="other", job.attempt=7' }),
  'a broken dictionary': JSON.stringify({ 'telemetry-context': 'request.id="open' }),
  prototypes: '{"__proto__":{"traceparent":"x"},"constructor":1,"telemetry-context":"constructor=1"}',
  'control characters': JSON.stringify({
    traceparent: '\u001b[31m',
    'telemetry-context': 'request.id="\u0007"',
  }),
}

export function describeGarbage(rig: () => Rig): void {
  describe('metadata of other making', () => {
    it.each(Object.entries(GARBAGE))('never fails a job: %s', async (_name, metadata) => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      const [job] = await queue.addBulk([{ name: 'job', data: {}, opts: { telemetry: { metadata } } }])
      const [line] = await rig().lines.until('job_completed')
      expect(line?.context).toEqual({
        'request.id': expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/),
        'job.id': job?.id,
        'job.name': 'job',
        'job.queue': queue.name,
        'job.attempt': 1,
      })
      const debug = rig().lines.all.filter(({ level }) => level === 'debug')
      expect(debug.length).toBeLessThanOrEqual(1)
    })

    it.each(Object.entries(GARBAGE))('never fails a job of a plain Worker: %s', async (_name, metadata) => {
      const queue = rig().queue()
      const seen: unknown[] = []
      const worker = rig().plainWorker(queue, async () => seen.push('ran'), {
        telemetry: queue.opts.telemetry,
      })
      const completed = new Promise((resolve) => worker.once('completed', resolve))
      await queue.addBulk([{ name: 'job', data: {}, opts: { telemetry: { metadata } } }])
      await completed
      expect(seen).toEqual(['ran'])
    })

    it('says once, in the context of the job, what it found', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      await queue.addBulk([{ name: 'job', data: {}, opts: { telemetry: { metadata: 'garbage{' } } }])
      const [completed] = await rig().lines.until('job_completed')
      const refused = rig().lines.of('job_metadata_refused')
      expect(refused.map(({ level, attributes }) => ({ level, attributes }))).toEqual([
        { level: 'debug', attributes: { found: 'not JSON' } },
      ])
      expect(refused[0]?.context).toEqual(completed?.context)
    })

    it('is left as it was', async () => {
      const queue = rig().queue()
      rig().worker(queue, async () => {})
      const [job] = await queue.addBulk([
        { name: 'job', data: {}, opts: { telemetry: { metadata: 'garbage{' } } },
      ])
      await rig().lines.until('job_completed')
      const stored = await queue.getJob(String(job?.id))
      expect(stored?.opts.telemetry?.metadata).toBe('garbage{')
    })
  })
}
