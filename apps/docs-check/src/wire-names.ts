/** What leaves the process, as a receiver shows it. */
export interface Wire {
  readonly spans: readonly WireSpan[]
  readonly logRecords: readonly WireRecord[]
  readonly metrics: readonly WireMetric[]
}

interface Attributed {
  readonly attributes: object
}

interface WireSpan extends Attributed {
  readonly name: string
  readonly scope: { readonly name: string }
  readonly events: readonly (Attributed & { readonly name: string })[]
  readonly links: readonly Attributed[]
  readonly resource: object
}

interface WireRecord extends Attributed {
  readonly eventName: string
  readonly resource: object
}

interface WireMetric {
  readonly name: string
  readonly points: readonly Attributed[]
  readonly resource: object
}

export type NameKind = 'attribute' | 'event' | 'metric'

/** Names by kind, and for each the places where it was seen. */
export type SeenNames = Record<NameKind, Map<string, Set<string>>>

/** Every attribute, event and metric name on the wire; those of resources are attributes too. */
export function seenNames({ spans, logRecords, metrics }: Wire): SeenNames {
  const seen: SeenNames = { attribute: new Map(), event: new Map(), metric: new Map() }
  const see = (kind: NameKind, name: string, place: string): void => {
    seen[kind].set(name, (seen[kind].get(name) ?? new Set()).add(place))
  }
  const seeAll = (attributes: object, place: string): void => {
    for (const name of Object.keys(attributes)) see('attribute', name, place)
  }
  for (const span of spans) {
    const place = `span "${span.name}" of ${span.scope.name}`
    seeAll(span.resource, 'resource of spans')
    seeAll(span.attributes, place)
    for (const event of span.events) {
      see('event', event.name, `event of ${place}`)
      seeAll(event.attributes, `event "${event.name}" of ${place}`)
    }
    for (const link of span.links) seeAll(link.attributes, `link of ${place}`)
  }
  for (const { eventName, attributes, resource } of logRecords) {
    see('event', eventName, 'log record')
    seeAll(attributes, `log record "${eventName}"`)
    seeAll(resource, 'resource of log records')
  }
  for (const { name, points, resource } of metrics) {
    see('metric', name, 'metrics')
    for (const { attributes } of points) seeAll(attributes, `metric "${name}"`)
    seeAll(resource, 'resource of metrics')
  }
  return seen
}

/** Names that are allowed, by kind. */
export type KnownNames = Record<NameKind, ReadonlySet<string>>

/** One line for each name that is not known: what it is, and where it was seen. */
export function unknownNames(seen: SeenNames, known: KnownNames): string[] {
  return (Object.keys(seen) as NameKind[]).flatMap((kind) =>
    [...seen[kind]]
      .filter(([name]) => !known[kind].has(name))
      .map(([name, places]) => `${kind} ${name}: ${[...places].join('; ')}`),
  )
}
