import { describe, expect, it } from '@jest/globals'
import { getContext, runWithContext } from '@throughline/core'
import { type JobLike, readJobContext, withJobContext } from '../src/index.js'

process.env['LOG_LEVEL'] = 'fatal'

const JOB: JobLike = {
  id: '7',
  name: 'welcome',
  queueName: 'mails',
  queueQualifiedName: 'bull:mails',
  attemptsMade: 1,
  timestamp: 1_700_000_000_000,
  opts: { telemetry: { metadata: '{"telemetry-context":"request.id=\\"abc\\", user.id=42"}' } },
}
const FIELDS = {
  'request.id': 'abc',
  'user.id': 42,
  'job.id': '7',
  'job.name': 'welcome',
  'job.queue': 'mails',
  'job.attempt': 2,
}

describe('readJobContext', () => {
  it('reads what the job was added with and what names the attempt', () => {
    expect(readJobContext(JOB)).toEqual(FIELDS)
    expect(Object.isFrozen(readJobContext(JOB))).toBe(true)
  })

  it('finds the same id for a job without one, each time, and another for another job', () => {
    const bare = { ...JOB, opts: {} }
    const id = readJobContext(bare)['request.id']
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(readJobContext({ ...bare, attemptsMade: 5 })['request.id']).toBe(id)
    const others = [{ id: '8' }, { queueQualifiedName: 'bull:other' }, { timestamp: 1 }]
    const ids = others.map((other) => readJobContext({ ...bare, ...other })['request.id'])
    expect(new Set([id, ...ids]).size).toBe(4)
  })

  it('takes a tick of a scheduler as work of its own', () => {
    const { 'request.id': id, ...fields } = readJobContext({ ...JOB, repeatJobKey: 'nightly' })
    expect(id).not.toBe('abc')
    const { 'request.id': _id, 'user.id': _user, ...expected } = FIELDS
    expect(fields).toEqual(expected)
  })

  it('reads a job that has nothing but a name', () => {
    expect(readJobContext({ name: 'bare' })).toEqual({
      'request.id': expect.any(String),
      'job.name': 'bare',
      'job.attempt': 1,
    })
  })
})

describe('withJobContext', () => {
  it('runs in the context of the job alone and gives the result back', async () => {
    const seen = await runWithContext({ 'request.id': 'outer', leak: true }, () =>
      withJobContext(JOB, async () => {
        await Promise.resolve()
        return getContext()
      }),
    )
    expect(seen).toEqual(FIELDS)
    expect(getContext()).toEqual({})
  })

  it('lets an error through', () => {
    const thrown = new Error('kept')
    expect(() =>
      withJobContext(JOB, () => {
        throw thrown
      }),
    ).toThrow(thrown)
  })
})
