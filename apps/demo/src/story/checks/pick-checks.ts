import type { LogLine } from '../../stage/log-book.js'
import { contextOf, type Told, type ToldPick } from '../told.js'
import { type Check, expectSame } from './check.js'

/** The request that enqueued, the job, and the socket's answer bear the same context. */
export function threeHops({ log, retried }: Told): Check {
  const lines = log.ofRequest(retried.requestId)
  const hops = [
    ['api', 'request_completed'],
    ['worker', 'job_completed'],
    ['api', 'ws_send'],
  ]
  const missing = hops.filter(
    ([process, event]) =>
      lines.filter((line) => line.process === process && line.event === event).length !== 1,
  )
  return {
    title: 'HTTP, job and socket agree',
    seen: `${lines.length} lines of 2 processes: same request.id, user.id, labels, ids`,
    problems: [
      ...missing.map(
        ([process, event]) => `not exactly one ${event} of the ${process} for ${retried.requestId}`,
      ),
      ...lines.flatMap((line) => disagreements(line, retried)),
    ],
  }
}

/** A job that fails and is tried again stays part of its request; only the failed attempt tells its details. */
export function retry({ log, retried, crowd }: Told): Check {
  const lines = log.ofRequest(retried.requestId)
  const attempts = lines
    .filter(({ process, event }) => process === 'worker' && event.startsWith('job_'))
    .map(({ event, fields }) => `${event} ${String(fields['job.attempt'])}`)
  const expected = ['job_started 1', 'job_failed 1', 'job_started 2', 'job_completed 2']
  const replayed = lines.filter(({ fields }) => fields['replayed'] === true)
  const ofOthers = crowd.flatMap(({ requestId }) =>
    log.ofRequest(requestId).filter(({ process, level }) => process === 'worker' && level === 'debug'),
  )
  return {
    title: 'The retry is the same request',
    seen: 'attempt 1 failed, with its debug lines; attempt 2 completed',
    problems: [
      ...expectSame('the attempts', attempts, expected),
      ...expectSame(
        'replayed',
        replayed.map(({ event, fields }) => [event, fields['job.attempt']]),
        [['rating_requested', 1]],
      ),
      ...ofOthers.map((line) => `${line.event}: a debug line of a job that did not fail`),
    ],
  }
}

/** What runs at the same time keeps its own context. */
export function noMixing({ log, crowd }: Told): Check {
  const lines = crowd.flatMap((pick) => log.ofRequest(pick.requestId).map((line) => ({ line, pick })))
  const incomplete = crowd.filter(({ requestId }) => {
    const events = log.ofRequest(requestId).map(({ event }) => event)
    return !['pick_made', 'stats_processed', 'ws_send'].every((event) => events.includes(event))
  })
  return {
    title: 'Requests never mix',
    seen: `${crowd.length} picks at once by 2 users: ${lines.length} lines, each with its own fields`,
    problems: [
      ...incomplete.map(({ requestId }) => `lines of ${requestId} are missing`),
      ...lines.flatMap(({ line, pick }) => disagreements(line, pick)),
    ],
  }
}

function disagreements(line: LogLine, pick: ToldPick): string[] {
  return Object.entries(contextOf(pick)).flatMap(([key, expected]) =>
    expectSame(`${key} of ${where(line)}`, line.fields[key], expected),
  )
}

function where({ process, event, fields }: LogLine): string {
  return `${event} (${process}, ${String(fields['request.id'])})`
}
