import { labelNames } from '../record/labels.js'
import { type Entry } from '../record/entry.js'
import { decode, type Decoded } from './decoded.js'
import { type Work } from '../units/units.js'

const FIXED = [
  'request.id',
  'user.id',
  'labels',
  'job.id',
  'job.name',
  'job.queue',
  'job.attempt',
  'ws.conn_id',
] as const

/** Labels name the resources of a path; who has more of them than this shows no context but a load. */
const MAX_KEYS = 100

/**
 * The keys that the context panel shows: the fixed ones and the ids of labels. Only what a unit of work itself bears
 * makes an id one of its context; that of a line, such as `pick.id` of `pick_made`, is the line's own.
 */
export function contextKeys({ units }: Work, decoded: ReadonlyMap<Entry, Decoded>): ReadonlySet<string> {
  const keys = new Set<string>(FIXED)
  for (const { span, members } of units) {
    const bearer = span ?? members.findLast(({ facts }) => facts.mark !== undefined) ?? members[0]
    if (bearer === undefined) continue
    const { attributes } = decoded.get(bearer) ?? decode(bearer)
    for (const label of labelNames(attributes.get('labels'))) {
      if (keys.size < MAX_KEYS && attributes.has(`${label}.id`)) keys.add(`${label}.id`)
    }
  }
  return keys
}
