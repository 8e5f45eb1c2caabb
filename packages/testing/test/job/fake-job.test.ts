import { describe, expect, it } from '@jest/globals'
import { decodeContext } from '@throughline/core'
import { createFakeJob } from '@throughline/testing'
import type { Job } from 'bullmq'

interface Grade {
  draft: number
}

/** A processor as users write it. */
async function grade(job: Job<Grade, string, 'grade'>): Promise<string> {
  await job.updateProgress(50)
  await job.log(`draft ${job.data.draft}`)
  await job.updateProgress({ step: 'done' })
  return `${job.name} ${job.id} of ${job.queueName}, attempt ${job.attemptsMade + 1}`
}

describe('createFakeJob', () => {
  it('goes where a Job goes, with defaults for everything not given', async () => {
    const job = createFakeJob<Grade, string, 'grade'>({ name: 'grade', data: { draft: 7 } })
    expect(await grade(job)).toBe('grade 1 of fake, attempt 1')
    expect(job.calls).toEqual({ progress: [50, { step: 'done' }], logs: ['draft 7'], delayedUntil: [] })
    expect(job.progress).toEqual({ step: 'done' })
  })

  it('is what it was made as', () => {
    const job = createFakeJob({
      id: '9',
      name: 'grade',
      queueName: 'drafts',
      attemptsMade: 2,
      opts: { attempts: 3, priority: 4 },
      repeatJobKey: 'nightly',
    })
    expect(job).toMatchObject({
      id: '9',
      queueName: 'drafts',
      queueQualifiedName: 'bull:drafts',
      attemptsMade: 2,
      attemptsStarted: 3,
      priority: 4,
      repeatJobKey: 'nightly',
      opts: { attempts: 3, priority: 4 },
    })
    expect(job.opts.telemetry).toBeUndefined()
  })

  it('carries a context in the telemetry metadata, never in the data', () => {
    const job = createFakeJob({ data: { draft: 7 }, context: { 'request.id': 'abc', labels: ['draft'] } })
    const headers = JSON.parse(job.opts.telemetry?.metadata ?? '') as Record<string, string>
    expect(decodeContext(headers['telemetry-context'])).toEqual({ 'request.id': 'abc', labels: ['draft'] })
    expect(job.data).toEqual({ draft: 7 })
  })

  it('lets a test give the metadata itself, malformed too', () => {
    const job = createFakeJob({ opts: { telemetry: { metadata: '{' } }, context: { 'request.id': 'abc' } })
    expect(job.opts.telemetry).toEqual({ metadata: '{' })
  })

  it('takes part in delaying, waiting and children', async () => {
    const job = createFakeJob({ childrenValues: { 'bull:drafts:1': 'A' } })
    expect([await job.getState(), await job.isActive()]).toEqual(['active', true])
    expect(await job.moveToWaitingChildren('token')).toBe(false)
    expect(await job.getChildrenValues()).toEqual({ 'bull:drafts:1': 'A' })
    await job.moveToDelayed(5_000, 'token')
    expect([await job.getState(), await job.isDelayed(), job.calls.delayedUntil]).toEqual([
      'delayed',
      true,
      [5_000],
    ])
    await job.moveToWait()
    expect([await job.isWaiting(), await job.isCompleted(), await job.isFailed()]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('updates its data, clears its logs and extends its lock', async () => {
    const job = createFakeJob<{ draft: number }>({ data: { draft: 7 } })
    await job.updateData({ draft: 8 })
    for (const row of ['a', 'b', 'c']) await job.log(row)
    await job.clearLogs(1)
    expect(job.data).toEqual({ draft: 8 })
    expect(job.calls.logs).toEqual(['c'])
    expect(await job.extendLock('token', 1_000)).toBe(1)
    expect(job.toJSON()).toMatchObject({ id: '1', data: { draft: 8 } })
  })
})
