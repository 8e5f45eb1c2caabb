import type { LogLine } from '../stage/log-book.js'

/** Parts of every line, or told elsewhere in the row. */
const LEFT_OUT =
  /^(timestamp|level|event|logger|labels|request\.id|user\.id|\w+\.id|job\..*|client\..*|trace_id|span_id|replayed)$/

/** What a line says besides its event and its context, in a few words. */
export function detailsOf({ event, fields }: LogLine): string {
  const field = (name: string) => String(fields[name])
  switch (event) {
    case 'request_completed':
    case 'request_failed':
      return `${field('http.response.status_code')} ${field('http.route')}`
    case 'job_started':
      return `${field('job.name')}, attempt ${field('job.attempt')}`
    case 'job_failed':
      return `${field('exception.type')}: ${field('exception.message')}`
    case 'ws_send':
      return `ws.conn_id=${field('ws.conn_id')}`
    default:
      return attributesOf(fields)
  }
}

function attributesOf(fields: LogLine['fields']): string {
  const attributes = Object.entries(fields)
    .filter(([name]) => !LEFT_OUT.test(name))
    .map(([name, value]) => `${name}=${String(value)}`)
  if (fields['replayed'] === true) attributes.push('(kept below LOG_LEVEL, replayed by the failure)')
  return attributes.join(' ')
}
