import { expect } from '@jest/globals'
import type { SpanTree } from '@throughline/otlp'

const SCOPE = '@opentelemetry/instrumentation-'

/** A span of an instrumentation as it is expected on the wire. */
export function clientSpan(
  instrumentation: string,
  name: string,
  attributes: Record<string, unknown>,
  rest: Partial<SpanTree> = {},
): unknown {
  return {
    name,
    kind: 'CLIENT',
    scope: SCOPE + instrumentation,
    attributes: { 'server.address': expect.any(String), 'server.port': expect.any(Number), ...attributes },
    events: [],
    links: [],
    status: { code: 'UNSET', message: '' },
    children: [],
    ...rest,
  }
}
