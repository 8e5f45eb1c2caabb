import type { ContextFields } from '../context/fields.js'
import type { BaseContext } from '../context/frame.js'
import type { SpanContext, SpanKindName, TraceCarrier } from '../tracing/tracing.js'

/** What a unit of work is: a request, a job attempt, a socket's connection, one message, or a task of the user's. */
export type UnitKind = 'http' | 'job' | 'connection' | 'message' | 'task'

/** How a unit ended; `aborted` is neither success nor failure, such as a client that went away. */
export type Outcome = 'ok' | 'error' | 'aborted'

/** What is particular to the span of a unit. */
export interface UnitSpan {
  /** Default: server for http and connection, consumer for job, internal for the rest. */
  kind?: SpanKindName | undefined
  /** Its name where that is not the unit's. */
  name?: string | undefined
  /** Attributes of few different values: they are on the span and on the metrics. */
  dimensions?: Readonly<Record<string, string>> | undefined
  /** Attributes of the span alone; called only where one is recorded. */
  attributes?: (() => object) | undefined
}

export interface UnitOptions {
  kind: UnitKind
  /** Low-cardinality name: the method, the queue, the task. */
  name: string
  /** Fields of the unit's own scope. */
  fields?: ContextFields | undefined
  /** The span it continues, in place of the current one. */
  parent?: SpanContext | undefined
  links?: readonly SpanContext[] | undefined
  /** The caller's trace as it came over the wire. */
  carrier?: TraceCarrier | undefined
  /** What the carried trace is to the unit: its parent, a link, or nothing; default child. */
  carried?: 'child' | 'link' | 'none' | undefined
  /** Whether the carried trace's sampled flag counts (R3.4); default true. */
  trusted?: boolean | undefined
  /** The unit's span; false for none. A message has one only where this, `parent` or `links` is given. */
  span?: UnitSpan | false | undefined
  /** True makes no spans of the unit and of what it does; trace ids go on, unsampled (R4.6). */
  untraced?: boolean | undefined
  /** True when the caller ends the unit itself; otherwise it ends when `fn` returns, throws or settles. */
  manualEnd?: boolean | undefined
  /** True starts outside the current context, for work that outlives or does not belong to its caller. */
  detached?: boolean | undefined
  /** The unit it belongs to, in place of the current context: a message names its connection. */
  within?: Unit | undefined
  /** The OpenTelemetry context it stands on where no spans are made; default the current one's. */
  base?: BaseContext | undefined
  /** True writes no completion line unless the unit fails. */
  quiet?: boolean | undefined
}

export interface UnitResult {
  outcome: Outcome
  /** Attributes of the completion line and the span. */
  attributes?: object | undefined
  error?: unknown
}

/** A unit of work under way. */
export interface Unit {
  setName(name: string): void
  /** Attributes of the completion line and the span. */
  setAttributes(attributes: object): void
  /** Whether the current context is the unit's or lies within it; true where telemetry is off. */
  readonly active: boolean
  /** Whether its end was told. */
  readonly ended: boolean
  /** The unit's span, to link to; undefined where none is known. */
  readonly spanContext: SpanContext | undefined
  /** Runs `fn` in the unit's context again, from wherever an event brought it. */
  run<T>(fn: () => T): T
  /** Ends the span ahead of the unit: a connection outlives the request that opened it. */
  endSpan(result: UnitResult): void
  /** Ends span and recorder and writes the completion line; the first end wins. */
  end(result: UnitResult): void
}

/** What `onUnitEnd` listeners get. */
export interface FinishedUnit {
  kind: UnitKind
  name: string
  outcome: Outcome
  error?: unknown
  attributes: Record<string, unknown>
  context: Readonly<ContextFields>
  /** Milliseconds, monotonic, two decimals. */
  durationMs: number
  traceId?: string
  spanId?: string
}
