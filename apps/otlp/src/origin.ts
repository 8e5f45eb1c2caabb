import { plainAttributes, type OtlpAttributes } from './attributes.js'
import { type InstrumentationScope } from './proto/opentelemetry/proto/common/v1/common_pb.js'
import { type Resource } from './proto/opentelemetry/proto/resource/v1/resource_pb.js'

/** Who made a record: the library that instruments. */
export interface OtlpScope {
  readonly name: string
  readonly version: string
}

export function plainScope(scope: InstrumentationScope | undefined): OtlpScope {
  return { name: scope?.name ?? '', version: scope?.version ?? '' }
}

export function plainResource(resource: Resource | undefined): OtlpAttributes {
  return plainAttributes(resource?.attributes ?? [])
}
