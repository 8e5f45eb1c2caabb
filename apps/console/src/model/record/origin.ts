import { toBinary } from '@bufbuild/protobuf'
import {
  type InstrumentationScope,
  InstrumentationScopeSchema,
  type Resource,
  ResourceSchema,
} from '@throughline/otlp'
import { attributesRefusal, MAX_RECORD_BYTES } from './limits.js'
import { type Packed, packed } from './packed.js'
import { searchText } from './search-text.js'
import { attributeMap, stringOf } from './value.js'

/** What sent a record, kept once for all records that it sent. */
export interface Origin {
  readonly key: string
  readonly resource: Packed
  readonly resourceUrl: string
  readonly scope: Packed
  readonly scopeUrl: string
  readonly service: string
  /** Tells processes of one service apart. */
  readonly instance: string
  /** Of Throughline: its units of work say when they end. */
  readonly saysEnd: boolean
  readonly text: string
  /** Records that are in the store. */
  uses: number
}

const MAX_SERVICES = 1000
const MAX_NAME = 200
const OTHER = 'other'

/** The origins of the records in the store; names of services are bounded. */
export class Origins {
  readonly #origins = new Map<string, Origin>()
  readonly #services = new Map<string, number>()
  bytes = 0

  get services(): string[] {
    return [...this.#services.keys()].toSorted()
  }

  /** Undefined where the resource or the scope is out of bounds. */
  find(
    resource: Resource | undefined,
    resourceUrl: string,
    scope: InstrumentationScope | undefined,
    scopeUrl: string,
  ): Origin | undefined {
    const bad = attributesRefusal(resource?.attributes ?? []) ?? attributesRefusal(scope?.attributes ?? [])
    if (bad !== undefined) return undefined
    const packedResource = resource === undefined ? '' : packed(toBinary(ResourceSchema, resource))
    const packedScope = scope === undefined ? '' : packed(toBinary(InstrumentationScopeSchema, scope))
    const key = [packedResource, resourceUrl, packedScope, scopeUrl].join('\n')
    if (key.length > MAX_RECORD_BYTES) return undefined
    const known = this.#origins.get(key)
    if (known !== undefined) return known
    const attributes = attributeMap(resource?.attributes ?? [])
    const instance = attributes.get('service.instance.id') ?? attributes.get('process.pid')
    return {
      key,
      resource: packedResource,
      resourceUrl,
      scope: packedScope,
      scopeUrl,
      service: this.#serviceName(stringOf(attributes.get('service.name'))),
      instance: (stringOf(instance) ?? '').slice(0, MAX_NAME),
      saysEnd: scope?.name.startsWith('@throughline/') === true,
      text: searchText(attributes),
      uses: 0,
    }
  }

  use(origin: Origin): void {
    origin.uses += 1
    if (origin.uses > 1) return
    this.#origins.set(origin.key, origin)
    this.#services.set(origin.service, (this.#services.get(origin.service) ?? 0) + 1)
    this.bytes += sizeOf(origin)
  }

  release(origin: Origin): void {
    origin.uses -= 1
    if (origin.uses > 0) return
    this.#origins.delete(origin.key)
    const left = (this.#services.get(origin.service) ?? 1) - 1
    if (left > 0) this.#services.set(origin.service, left)
    else this.#services.delete(origin.service)
    this.bytes -= sizeOf(origin)
  }

  #serviceName(given = 'unknown_service'): string {
    const name = given.slice(0, MAX_NAME)
    return this.#services.has(name) || this.#services.size < MAX_SERVICES ? name : OTHER
  }
}

function sizeOf({ key, text }: Origin): number {
  return 2 * key.length + text.length + 300
}
