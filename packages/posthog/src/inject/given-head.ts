import { validateHeaderName, validateHeaderValue } from 'node:http'
import { editedHeaders, type GivenHeaders, type HeaderEdits, headerPairs } from './header-edits.js'

/** The arguments of `writeHead`, with its headers apart. */
export interface GivenHead {
  readonly status: number
  readonly before: readonly unknown[]
  readonly headers: GivenHeaders
}

/** Reads the arguments of `writeHead`; undefined for what Node refuses, so that it does so at once. */
export function readHead(args: readonly unknown[]): GivenHead | undefined {
  const [status, second, third] = args
  const hasReason = typeof second === 'string'
  const headers = (hasReason ? third : (second ?? third)) as GivenHeaders
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 999)
    return undefined
  try {
    if (Array.isArray(headers) && !Array.isArray(headers[0]) && headers.length % 2 !== 0) return undefined
    for (const [name, value] of headerPairs(headers)) {
      validateHeaderName(name)
      for (const one of Array.isArray(value) ? value : [value]) validateHeaderValue(name, one as string)
    }
  } catch {
    return undefined
  }
  return { status, before: hasReason ? [status, second] : [status], headers }
}

/** The arguments again, with edited headers. */
export function headArguments({ before, headers }: GivenHead, edits: HeaderEdits | undefined): unknown[] {
  const edited = edits === undefined ? headers : editedHeaders(headers, edits)
  return edited === undefined ? [...before] : [...before, edited]
}
