import { describe, expect, it } from '@jest/globals'
import { DelayedError, RateLimitError, UnrecoverableError, WaitingChildrenError, WaitingError } from 'bullmq'
import { deferralOf } from '../src/deferral.js'

const named = (name: string): Error => Object.assign(new Error('crossed a process'), { name })

describe('deferralOf', () => {
  it.each([
    [new DelayedError(), 'delayed'],
    [new WaitingError(), 'waiting'],
    [new WaitingChildrenError(), 'waiting_children'],
    [new RateLimitError(), 'rate_limited'],
    [new DelayedError('own words'), 'delayed'],
    [named('DelayedError'), 'delayed'],
    [named('WaitingError'), 'waiting'],
    [named('WaitingChildrenError'), 'waiting_children'],
    [{ message: 'bullmq:rateLimitExceeded' }, 'rate_limited'],
  ])('takes %p as %s, as BullMQ does', (error, reason) => {
    expect(deferralOf(error)).toBe(reason)
  })

  it.each([
    new Error('plain'),
    new UnrecoverableError(),
    new RateLimitError('own words'),
    'DelayedError',
    undefined,
    null,
  ])('takes %p as a failure, as BullMQ does', (error) => {
    expect(deferralOf(error)).toBeUndefined()
  })
})
