import { SpanKind } from '@opentelemetry/api'
import type { UnitKind } from '@throughline/core'
import type { SpanKindName } from '@throughline/core/binding'

export const SPAN_KINDS: Readonly<Record<SpanKindName, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
}

const UNIT_KINDS: Readonly<Record<UnitKind, SpanKind>> = {
  http: SpanKind.SERVER,
  connection: SpanKind.SERVER,
  job: SpanKind.CONSUMER,
  message: SpanKind.CONSUMER,
  task: SpanKind.INTERNAL,
}

/** What a unit's span is to its peers, where the unit does not say. */
export function unitSpanKind(kind: UnitKind, given: SpanKindName | undefined): SpanKind {
  return given === undefined ? UNIT_KINDS[kind] : SPAN_KINDS[given]
}
