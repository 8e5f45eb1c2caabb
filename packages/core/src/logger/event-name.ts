/**
 * The name under which an event is exported and catalogued: the domain verbatim, a dot, and the event in
 * snake case; without a domain the event alone (R7.2). The body of the record stays as it was written.
 *
 * @example
 * eventName('code_references', 'scan-created') // 'code_references.scan_created'
 * eventName(undefined, 'HTTPRequestDone') // 'http_request_done'
 */
export function eventName(domain: string | undefined, event: string): string {
  let name = known.get(event)
  if (name === undefined) {
    name = normalise(event)
    // Events come from code, so there are few; a bound all the same.
    if (known.size < MOST_EVENTS && event.length <= LONGEST_KNOWN) known.set(event, name)
  }
  return domain ? `${domain}.${name}` : name
}

const known = new Map<string, string>()
const MOST_EVENTS = 2_000
const LONGEST_KNOWN = 256

/** `([A-Z]+)([A-Z][a-z])` and `([a-z\d])([A-Z])` as places between characters, which keeps it linear. */
function normalise(event: string): string {
  if (event === '') return 'unknown'
  return event
    .replace(/(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toLowerCase()
}
