import { type Group } from '../join/group.js'
import { type Entry } from '../record/entry.js'
import { type Axis } from './axis.js'
import { type Measurement } from './durations.js'

/** What the spans in the store tell where no metrics arrive. */
export function measuredBySpans(groups: Iterable<Group>, axis: Axis): Record<'http' | 'jobs', Measurement[]> {
  const measured = { http: [] as Measurement[], jobs: [] as Measurement[] }
  for (const { entries } of groups) {
    for (const entry of entries) {
      if (entry.signal !== 'traces' || entry.end <= axis.from || entry.end > axis.to) continue
      const { role, statusCode } = entry.facts
      if (role === 'server') measured.http.push(measurement(entry, statusClass(statusCode)))
      else if (role === 'consumer' && isJob(entry)) measured.jobs.push(measurement(entry, outcomeOf(entry)))
    }
  }
  return measured
}

/** At its end, as a metric has it. */
function measurement({ time, end }: Entry, name: string): Measurement {
  const ms = end - time
  return { from: end - 0.001, to: end, name, bins: [{ low: ms, high: ms, count: 1 }] }
}

function isJob({ facts }: Entry): boolean {
  return facts.jobId !== undefined || facts.messaging === 'bullmq'
}

function outcomeOf({ facts }: Entry): string {
  return facts.failed ? 'error' : facts.deferred ? 'deferred' : 'ok'
}

/** "2xx"; "?" where the status is not known. */
export function statusClass(status: number | undefined): string {
  return status !== undefined && status >= 100 && status < 600 ? `${Math.floor(status / 100)}xx` : '?'
}
