import type { TelemetryCapture } from '@throughline/testing'

type Span = TelemetryCapture['spans'][number]

/** A span's name, followed by what is below it; in the order in which they ended. */
export type Tree = (string | Tree)[]

export function spanTree({ spans }: TelemetryCapture): Tree {
  const known = new Set(spans.map((span) => span.spanContext().spanId))
  const below = (parentId: string | undefined): Span[] =>
    spans.filter(({ parentSpanContext: parent }) =>
      parentId === undefined ? !known.has(parent?.spanId ?? '') : parent?.spanId === parentId,
    )
  const node = (span: Span): Tree => {
    const children = below(span.spanContext().spanId).map(node)
    return children.length === 0 ? [span.name] : [span.name, ...children]
  }
  return below(undefined).map(node)
}
