import { expect } from '@jest/globals'
import type { SpanTree } from '@throughline/otlp'
import type { ContextFields } from '@throughline/core'

const SCOPE = '@throughline/core'
const UNSET = { code: 'UNSET', message: '' } as const

type Given = Partial<Pick<SpanTree, 'attributes' | 'children' | 'events' | 'links' | 'status'>>

/** The span of a request, as the HTTP package would have opened it. */
export function request(context: ContextFields, children: SpanTree[]): SpanTree {
  const { 'user.id': _, ...attributes } = context
  return span('GET', 'SERVER', { attributes: attributes as SpanTree['attributes'], children })
}

/** The span of jobs being added. */
export function producer(operation: string, queue: string | undefined, given: Given = {}): SpanTree {
  const attributes = {
    'messaging.system': 'bullmq',
    ...(queue !== undefined && { 'messaging.destination.name': queue }),
    'messaging.operation.name': operation,
    'messaging.operation.type': 'send',
    ...given.attributes,
  }
  return span([operation, queue].join(' ').trim(), 'PRODUCER', { ...given, attributes })
}

export interface ExpectedJob {
  id: string | undefined
  name: string
  queue: string
  attempt?: number
  /** Fields of the context besides the job's. */
  context?: object
}

/** What a producer's span says of its one job. */
export function added(
  { id, name }: Pick<ExpectedJob, 'id' | 'name'>,
  context: object = {},
): SpanTree['attributes'] {
  return { 'messaging.message.id': id, 'job.id': id, 'job.name': name, ...context } as SpanTree['attributes']
}

/** The span of one attempt at a job. */
export function attempt({ id, name, queue, attempt = 1, context }: ExpectedJob, given: Given = {}): SpanTree {
  const attributes = {
    'messaging.system': 'bullmq',
    'messaging.destination.name': queue,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.message.id': id,
    'job.id': id,
    'job.name': name,
    'job.queue': queue,
    'job.attempt': attempt,
    'request.id': expect.any(String),
    ...context,
    ...given.attributes,
  } as object as SpanTree['attributes']
  return span(`process ${queue}`, 'CONSUMER', { ...given, attributes })
}

/** What a failure adds to the span of an attempt. */
export function failure(
  type: string,
  message: string,
): Required<Pick<Given, 'attributes' | 'events' | 'status'>> {
  return {
    attributes: { 'error.type': type },
    events: [exception(type, message)],
    status: { code: 'ERROR', message },
  }
}

export function exception(type: string, message: string): SpanTree['events'][number] {
  return {
    name: 'exception',
    attributes: { 'exception.type': type, 'exception.message': message, 'exception.stacktrace': 'string' },
  }
}

export function span(name: string, kind: SpanTree['kind'], given: Given = {}): SpanTree {
  return {
    name,
    kind,
    scope: SCOPE,
    attributes: {},
    events: [],
    links: [],
    status: UNSET,
    children: [],
    ...given,
  }
}
