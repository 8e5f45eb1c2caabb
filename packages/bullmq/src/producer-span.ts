import { TelemetryAttributes } from 'bullmq'
import { type OpenSpan, openSpan } from '@throughline/core/binding'
import { type Attributes, type JobFrame, NoSpan } from './no-span.js'
import { loudFrame, quietFrame } from './quiet.js'
import {
  ATTR_MESSAGING_BATCH_MESSAGE_COUNT,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  MESSAGING_SYSTEM,
} from './semconv.js'

/** Moves jobs that are there already; a node of a flow is told by the span of its flow. */
const NOT_SENDING: ReadonlySet<string> = new Set(['retryJobs', 'addNode'])

/** Of jobs being added: their metadata carries it, so that they become its children (R5.2). */
export class ProducerSpan extends NoSpan {
  #queue: string | undefined
  #operation = ''
  #span: OpenSpan | undefined
  #error: { readonly thrown: unknown } | undefined

  /** Called with the queue and the operation before the span is put on a context, then with what came of it. */
  override setAttributes(attributes: Attributes): void {
    const { [TelemetryAttributes.QueueName]: queue, [TelemetryAttributes.QueueOperation]: operation } =
      attributes
    if (typeof queue === 'string' && queue !== '') this.#queue = queue
    if (typeof operation === 'string') this.#operation = operation
    this.#span?.setAttributes(messageAttributes(attributes))
  }

  /** Within another span of ours there is nothing to add to it, nor for a tick that a worker adds. */
  override setSpanOnContext(frame: JobFrame): JobFrame {
    if (NOT_SENDING.has(this.#operation) || loudFrame(frame) !== undefined) return frame
    this.#span = openSpan(
      {
        name: this.#queue === undefined ? this.#operation : `${this.#operation} ${this.#queue}`,
        kind: 'producer',
        attributes: {
          [ATTR_MESSAGING_SYSTEM]: MESSAGING_SYSTEM,
          [ATTR_MESSAGING_DESTINATION_NAME]: this.#queue,
          [ATTR_MESSAGING_OPERATION_NAME]: this.#operation,
          [ATTR_MESSAGING_OPERATION_TYPE]: 'send',
        },
      },
      frame,
    )
    return quietFrame(frame, this.#span?.frame)
  }

  override recordException(thrown: unknown): void {
    this.#error = { thrown }
  }

  override end(): void {
    this.#span?.end(this.#error)
  }
}

/** What BullMQ tells of the jobs, as far as it helps to find them. */
function messageAttributes(attributes: Attributes): object {
  const id = attributes[TelemetryAttributes.JobId]
  return {
    [ATTR_MESSAGING_BATCH_MESSAGE_COUNT]: attributes[TelemetryAttributes.BulkCount],
    [ATTR_MESSAGING_MESSAGE_ID]: id,
    'job.id': id,
    'job.name': attributes[TelemetryAttributes.JobName],
  }
}
