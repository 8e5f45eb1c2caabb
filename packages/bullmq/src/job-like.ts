/** A job as far as its context is concerned: BullMQ's `Job`, or what a sandboxed processor gets for one. */
export interface JobLike {
  readonly id?: string | undefined
  readonly name: string
  readonly queueName?: string
  readonly queueQualifiedName?: string
  readonly attemptsMade?: number
  readonly timestamp?: number
  readonly repeatJobKey?: string | undefined
  readonly opts?: { readonly telemetry?: { readonly metadata?: string } }
}
