import type { InstrumentationScope } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import type { LogRecord } from '@throughline/core'

/** What all records of a process have in common. */
export interface RecordOrigin {
  readonly resource: Resource
  readonly scope: InstrumentationScope
}

/** A record on its way out, as core made it: attributes are brought together when it is encoded. */
export class ExportedRecord {
  /**
   * @param nameAttribute the attribute that repeats the event's name; null for none
   * @param observed milliseconds since the epoch
   */
  constructor(
    readonly record: LogRecord,
    readonly nameAttribute: string | null,
    readonly observed: number,
    private readonly origin: RecordOrigin,
  ) {}

  get resource(): Resource {
    return this.origin.resource
  }

  get instrumentationScope(): InstrumentationScope {
    return this.origin.scope
  }
}
