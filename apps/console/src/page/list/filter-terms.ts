const TERM = /(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/g

/** The terms of a filter as they were typed; a quoted one may hold spaces. */
export function termsOf(filter: string): string[] {
  return filter.match(TERM) ?? []
}

export function withoutTerm(filter: string, index: number): string {
  return termsOf(filter)
    .filter((_, at) => at !== index)
    .join(' ')
}

/** `event:job_failed`, with quotes where the value needs them. */
export function term(field: string, value: string): string {
  return /^[^\s"]+$/.test(value) ? `${field}:${value}` : `${field}:${JSON.stringify(value)}`
}

/** The only term, where it may be the id of a request. */
export function bareId(filter: string): string | undefined {
  const terms = termsOf(filter)
  return terms.length === 1 ? terms[0] : undefined
}
