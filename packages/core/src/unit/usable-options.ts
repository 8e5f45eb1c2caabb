import { cutString } from '../logger/attribute-value.js'
import type { SpanContext } from '../tracing/tracing.js'
import type { UnitKind, UnitOptions } from './unit.js'

/** A name is no place for data. */
const LONGEST_NAME = 1_024

const TRACE_ID = /^[\da-f]{32}$/
const SPAN_ID = /^[\da-f]{16}$/

/**
 * The options with a name and with links that an exporter can encode; nearly always these very ones.
 *
 * JavaScript callers leave a name out, and link to a unit that has no span. One such span takes with it all that are
 * sent together with it.
 */
export function usableOptions(options: UnitOptions): UnitOptions {
  const { name, links } = options
  const hasLinks = links === undefined || (Array.isArray(links) && links.every(isUsableLink))
  if (isUsableName(name) && hasLinks) return options
  return {
    ...options,
    name: usableName(name, options.kind),
    links: Array.isArray(links) ? links.filter(isUsableLink) : undefined,
  }
}

/** A string of bounded length; the kind of the unit where there is none. Never throws. */
export function usableName(name: unknown, kind: UnitKind): string {
  if (isUsableName(name)) return name
  if (name === undefined || name === null) return String(kind)
  try {
    // oxlint-disable-next-line typescript/no-base-to-string -- whatever it says of itself
    return cutString(String(name), LONGEST_NAME)
  } catch {
    return String(kind)
  }
}

function isUsableName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= LONGEST_NAME
}

function isUsableLink(link: SpanContext | null | undefined): boolean {
  return TRACE_ID.test(String(link?.traceId)) && SPAN_ID.test(String(link?.spanId))
}
