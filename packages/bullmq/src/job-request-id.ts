import { hash } from 'node:crypto'
import { resolveRequestId } from '@throughline/core'
import type { JobLike } from './job-like.js'

/**
 * The request id of a job: the carried one if it is safe to log, else one made from what identifies the job.
 *
 * Made, not drawn: every attempt, the sandboxed child and the events of one job find the same id without
 * having to store it, and each tick of a scheduler, a job of its own, finds another (R5.1, R5.2).
 */
export function jobRequestId(job: JobLike, carried: unknown): string {
  if (typeof carried === 'string' && resolveRequestId(carried) === carried) return carried
  const hex = hash('sha1', `${job.queueQualifiedName}:${job.id}:${job.timestamp}`)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    // Version 8 of RFC 9562: the bits are the maker's own.
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
