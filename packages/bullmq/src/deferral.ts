import { DelayedError, RATE_LIMIT_ERROR, WaitingChildrenError, WaitingError } from 'bullmq'

/** Why an attempt ended without a result, to be taken up again. */
export type Deferral = 'delayed' | 'rate_limited' | 'waiting' | 'waiting_children' | 'worker_closed'

/** Tells what BullMQ takes as a deferral, by the same rule, from what it takes as a failure (R5.1). */
export function deferralOf(error: unknown): Deferral | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { message, name } = error as Partial<Error>
  if (message === RATE_LIMIT_ERROR) return 'rate_limited'
  if (error instanceof DelayedError || name === 'DelayedError') return 'delayed'
  if (error instanceof WaitingError || name === 'WaitingError') return 'waiting'
  if (error instanceof WaitingChildrenError || name === 'WaitingChildrenError') return 'waiting_children'
  return undefined
}
