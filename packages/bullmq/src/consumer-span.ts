import type { UnitSpan } from '@throughline/core'
import type { JobLike } from './job-like.js'
import {
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  MESSAGING_SYSTEM,
} from './semconv.js'

const OPERATION = 'process'

/** What the spans of all attempts at the jobs of one queue have in common (R5.3). */
export class ConsumerSpan {
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>

  constructor(queue: string) {
    this.name = `${OPERATION} ${queue}`
    this.dimensions = Object.freeze({
      [ATTR_MESSAGING_SYSTEM]: MESSAGING_SYSTEM,
      [ATTR_MESSAGING_DESTINATION_NAME]: queue,
      [ATTR_MESSAGING_OPERATION_NAME]: OPERATION,
      [ATTR_MESSAGING_OPERATION_TYPE]: OPERATION,
    })
  }

  /** The span of one attempt; the job's own fields come onto it from the context. */
  of(job: JobLike): UnitSpan {
    const { name, dimensions } = this
    return { name, dimensions, attributes: () => this.attributes(job.id) }
  }

  attributes(jobId: string | undefined): object {
    return { [ATTR_MESSAGING_MESSAGE_ID]: jobId }
  }
}
