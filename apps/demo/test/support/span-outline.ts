import type { OtlpSpan } from '@throughline/otlp'

/** Whether a pool opens a connection for a query, or has one, is nobody's business here. */
const CONNECT = /^pg(-pool)?\.connect$/

/** One line for each span, indented below its parent; those of one parent in the order of the alphabet. */
export function spanOutline(spans: readonly OtlpSpan[]): string {
  const shown = spans.filter(({ name }) => !CONNECT.test(name))
  const known = new Set(shown.map(({ spanId }) => spanId))
  const below = (parent: string | undefined): string[] =>
    shown
      .filter(({ parentSpanId }) =>
        parent === undefined ? !known.has(parentSpanId ?? '') : parentSpanId === parent,
      )
      .map((span) => [describe(span), ...below(span.spanId).map((line) => `  ${line}`)].join('\n'))
      .toSorted()
      .flatMap((lines) => lines.split('\n'))
  return below(undefined).join('\n')
}

function describe({ name, kind, status, resource, attributes }: OtlpSpan): string {
  const attempt = attributes['job.attempt'] as number | undefined
  return [
    `${kind} ${name}`,
    ...(attempt === undefined ? [] : [`attempt ${attempt}`]),
    ...(status.code === 'UNSET' ? [] : [`${status.code} ${status.message}`]),
    `(${resource['service.name'] as string})`,
  ].join(', ')
}
