import type { Resource } from '@opentelemetry/resources'
import { AttributeEncoder } from './attribute-encoder.js'
import type { ByOrigin, Scope, Scopes } from './by-origin.js'
import { ProtobufWriter } from './protobuf-writer.js'

/** What a request became. */
export interface EncodedRequest {
  /** Undefined where nothing could be encoded. */
  readonly body: Uint8Array | undefined
  /** Items that could not be encoded and were left out. */
  readonly skipped: number
}

/** Writes the messages of one signal's items; may throw, which costs that item alone. */
export interface ItemEncoder<Item> {
  /** @param field the number of the repeated field that has them */
  encode(field: number, item: Item): void
  /** What it counts for: a metric is as many items as it has data points. Without, each counts for one. */
  count?(item: Item): number
  /** The request is done: what was kept for its items can go. */
  done?(): void
}

/** The numbers are the same for all signals. */
const REQUEST = { resourceItems: 1 }
const RESOURCE_ITEMS = { resource: 1, scopeItems: 2, schemaUrl: 3 }
const SCOPE_ITEMS = { scope: 1, items: 2, schemaUrl: 3 }
const RESOURCE = { attributes: 1 }
const SCOPE = { name: 1, version: 2, attributes: 3, droppedAttributesCount: 4 }

/** Lengths of what has all items take as many bytes as these, most likely. */
const OUTER_ROOM = 3

/** Encodes an export request of traces, logs or metrics, which differ in their items alone. */
export class ExportRequestEncoder<Item> {
  readonly #writer = new ProtobufWriter()
  readonly #attributes = new AttributeEncoder(this.#writer)
  readonly #items: ItemEncoder<Item>

  constructor(items: (writer: ProtobufWriter, attributes: AttributeEncoder) => ItemEncoder<Item>) {
    this.#items = items(this.#writer, this.#attributes)
  }

  /** @param total what all items count for, those included that are not among them for being broken */
  encode(items: ByOrigin<Item>, total: number): EncodedRequest {
    let encoded = 0
    for (const [resource, scopes] of items) {
      encoded += this.#attempt(() => this.#resourceItems(resource, scopes))
    }
    this.#items.done?.()
    const skipped = total - encoded
    if (encoded > 0) return { body: this.#writer.take(), skipped }
    this.#writer.clear()
    return { body: undefined, skipped }
  }

  /** Leaves nothing behind of what throws or has no item in it. */
  #attempt(write: () => number): number {
    const before = this.#writer.position
    let encoded = 0
    try {
      encoded = write()
    } catch {
      // A getter that throws, a value of a wrong type, an object that contains itself: the count says it.
    }
    if (encoded === 0) this.#writer.rewind(before)
    return encoded
  }

  #resourceItems(resource: Resource, scopes: Scopes<Item>): number {
    const writer = this.#writer
    const start = writer.begin(REQUEST.resourceItems, OUTER_ROOM)
    this.#resource(resource)
    let encoded = 0
    for (const [scope, items] of scopes) encoded += this.#attempt(() => this.#scopeItems(scope, items))
    if (resource.schemaUrl) writer.string(RESOURCE_ITEMS.schemaUrl, resource.schemaUrl)
    writer.end(start, OUTER_ROOM)
    return encoded
  }

  #scopeItems(scope: Scope, items: readonly Item[]): number {
    const writer = this.#writer
    const start = writer.begin(RESOURCE_ITEMS.scopeItems, OUTER_ROOM)
    this.#scope(scope)
    let encoded = 0
    for (const item of items) encoded += this.#attempt(() => this.#item(item))
    if (scope.schemaUrl) writer.string(SCOPE_ITEMS.schemaUrl, scope.schemaUrl)
    writer.end(start, OUTER_ROOM)
    return encoded
  }

  #item(item: Item): number {
    this.#items.encode(SCOPE_ITEMS.items, item)
    return this.#items.count?.(item) ?? 1
  }

  #resource({ attributes }: Resource): void {
    const start = this.#writer.begin(RESOURCE_ITEMS.resource, 2)
    this.#attributes.attributes(RESOURCE.attributes, attributes)
    this.#writer.end(start, 2)
  }

  #scope({ name, version, attributes, droppedAttributesCount }: Scope): void {
    const writer = this.#writer
    const start = writer.begin(SCOPE_ITEMS.scope)
    writer.string(SCOPE.name, name)
    if (version) writer.string(SCOPE.version, version)
    if (attributes) this.#attributes.attributes(SCOPE.attributes, attributes)
    if (droppedAttributesCount) writer.uint32(SCOPE.droppedAttributesCount, droppedAttributesCount)
    writer.end(start)
  }
}
