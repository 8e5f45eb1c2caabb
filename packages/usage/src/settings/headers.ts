/** What HTTP takes as a header's name and value (RFC 9110). */
const NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** The headers of the product, or undefined where one of them cannot be sent. */
export function readHeaders(given: unknown): Record<string, string> | undefined {
  if (given === undefined) return {}
  if (typeof given !== 'object' || given === null) return undefined
  const headers = Object.entries(given)
  const valid = headers.every(
    ([name, value]) => NAME.test(name) && typeof value === 'string' && VALUE.test(value),
  )
  return valid ? (Object.fromEntries(headers) as Record<string, string>) : undefined
}
