import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Job } from 'bullmq'
import { getContext, runWithContext } from '@throughline/core'
import { readJobContext, telemetry, withJobContext } from '../src/index.js'
import { embeddedRedis, nativeRedis } from './harness/backend.js'
import { gate, REQUEST, Rig } from './harness/rig.js'

process.env['TELEMETRY_ENABLED'] = 'false'

describe('with TELEMETRY_ENABLED=false', () => {
  let rig: Rig
  beforeAll(async () => {
    rig = await Rig.open(nativeRedis ?? embeddedRedis)
  }, 60_000)
  afterEach(() => rig.reset())
  afterAll(async () => {
    await rig.close()
    delete process.env['TELEMETRY_ENABLED']
  })

  it.each(['worker', 'plainWorker'] as const)('a %s only processes', async (kind) => {
    const queue = rig.queue()
    const job = await runWithContext(REQUEST, () => queue.add('quiet', {}))
    expect(job.opts.telemetry).toBeUndefined()
    const seen = gate<object>()
    const failed = gate<Error>()
    const thrown = new Error('kept')
    rig[kind](
      queue,
      async (job: Job) => {
        if (job.name === 'fails') throw thrown
        return { ...getContext() }
      },
      { telemetry: telemetry() },
    )
      .on('completed', (_job, result) => seen.resolve(result))
      .on('failed', (_job, error) => failed.resolve(error))
    expect(await seen.promise).toEqual({})
    await queue.addBulk([{ name: 'fails', data: {}, opts: { telemetry: { metadata: 'garbage{' } } }])
    expect(await failed.promise).toBe(thrown)
    expect(rig.lines.all).toEqual([])
  })

  it('a context that a job has is readable, but not bound', () => {
    const job = {
      name: 'quiet',
      opts: { telemetry: { metadata: '{"telemetry-context":"request.id=\\"abc\\""}' } },
    }
    expect(withJobContext(job, () => getContext())).toEqual({})
    expect(readJobContext(job)['request.id']).toBe('abc')
  })
})
