import { type OtlpAttributes } from './attributes.js'
import { type OtlpSpan } from './spans.js'

/** The name of the span linked to, or its ids where it is not among the spans. */
export type SpanTreeLink =
  | { readonly span: string; readonly attributes: OtlpAttributes }
  | { readonly traceId: string; readonly spanId: string; readonly attributes: OtlpAttributes }

/** A span and what is below it, without what differs from run to run: ids, times, resource, scope's version. */
export interface SpanTree extends Pick<OtlpSpan, 'name' | 'kind' | 'attributes' | 'events' | 'status'> {
  /** The name of the instrumentation scope. */
  readonly scope: string
  readonly links: readonly SpanTreeLink[]
  /** Only on a root that does name a parent: it is not among the spans, or is below the root. */
  readonly parentMissing?: true
  /** By start time, then by name. */
  readonly children: readonly SpanTree[]
}

/**
 * Nests spans by parent. Every span is in the result once, also one without its parent or in a circle of parents.
 *
 * @example
 * expect(spanTrees(receiver.spans())).toEqual([{ name: 'GET /games', kind: 'SERVER', …, children: [] }])
 */
export function spanTrees(spans: readonly OtlpSpan[]): SpanTree[] {
  const sorted = spans.toSorted(byStartThenName)
  const known = new Map(sorted.toReversed().map((span) => [ownKey(span), span]))
  const children = groupByParent(sorted)
  const placed = new Set<OtlpSpan>()

  const isRoot = (span: OtlpSpan) => !known.has(parentKey(span) ?? '')
  const roots = sorted.filter(isRoot).map(rootNode)
  // What no root leads to hangs in a circle: it is entered at its earliest span.
  return [...roots, ...sorted.flatMap((span) => (placed.has(span) ? [] : [rootNode(span)]))]

  function rootNode(span: OtlpSpan): SpanTree {
    return span.parentSpanId === undefined ? node(span) : { ...node(span), parentMissing: true }
  }

  function node(span: OtlpSpan): SpanTree {
    placed.add(span)
    const { name, kind, scope, attributes, events, status } = span
    const links = span.links.map((link) => treeLink(link, known.get(ownKey(link))))
    const below = children.get(ownKey(span)) ?? []
    return {
      name,
      kind,
      scope: scope.name,
      attributes,
      events,
      links,
      status,
      children: below.flatMap((child) => (placed.has(child) ? [] : [node(child)])),
    }
  }
}

function treeLink(link: OtlpSpan['links'][number], target: OtlpSpan | undefined): SpanTreeLink {
  return target === undefined ? link : { span: target.name, attributes: link.attributes }
}

function groupByParent(spans: readonly OtlpSpan[]): Map<string, OtlpSpan[]> {
  const groups = new Map<string, OtlpSpan[]>()
  for (const span of spans) {
    const key = parentKey(span)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [span])
    else group.push(span)
  }
  return groups
}

function ownKey({ traceId, spanId }: { traceId: string; spanId: string }): string {
  return `${traceId}:${spanId}`
}

function parentKey({ traceId, parentSpanId }: OtlpSpan): string | undefined {
  return parentSpanId === undefined ? undefined : `${traceId}:${parentSpanId}`
}

function byStartThenName(a: OtlpSpan, b: OtlpSpan): number {
  if (a.startTime !== b.startTime) return a.startTime < b.startTime ? -1 : 1
  return a.name < b.name ? -1 : Number(a.name > b.name)
}
