import type { BaseContext, Frame } from '../context/frame.js'
import type { Scope } from '../context/scope.js'
import type { UnitOptions, UnitResult } from '../unit/unit.js'

/** OpenTelemetry's SpanContext, as far as it is handed through. */
export interface SpanContext {
  traceId: string
  spanId: string
  traceFlags: number
  isRemote?: boolean
}

/** What a span is to its peers: OpenTelemetry's SpanKind by name. */
export type SpanKindName = 'internal' | 'server' | 'client' | 'producer' | 'consumer'

/** Headers by which a trace crosses a hop: W3C trace context and baggage. */
export interface TraceCarrier {
  traceparent?: string | string[] | undefined
  tracestate?: string | string[] | undefined
  baggage?: string | string[] | undefined
}

/** What of a unit's end its span and its metrics are made of. */
export interface UnitEnd extends UnitResult {
  readonly name: string
  /** Seconds, monotonic. */
  readonly seconds: number
  /** Attributes of the completion line, before its duration is added. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** The trace of one unit of work: where it runs, and its span if it has one. */
export interface UnitTrace {
  readonly frame: Frame
  /** Ends the span ahead of the unit, as that of an upgrade whose connection goes on. */
  endSpan(end: UnitEnd): void
  /** Ends the span unless that was done, and counts the unit. */
  end(end: UnitEnd): void
}

/** A span within a unit of work, such as that of a job being added. */
export interface SpanOptions {
  name: string
  kind: SpanKindName
  attributes?: object | undefined
  links?: readonly SpanContext[] | undefined
}

export interface OpenSpan {
  /** The context in which the span is active. */
  readonly frame: Frame
  setAttributes(attributes: object): void
  /** Ends it; with an error its status is ERROR. The first end wins. */
  end(error?: { readonly thrown: unknown }): void
}

/** What `@throughline/otel` puts in place for the rest: spans of units, carriers, and a foreign context manager. */
export interface Tracing {
  openUnit(options: UnitOptions, scope: Scope, current: Frame | undefined): UnitTrace
  /** A span in the current frame; undefined where there is one already and that is not sampled. */
  openSpan(options: SpanOptions, current: Frame | undefined): OpenSpan | undefined
  /** The span of a frame, as a link to it needs it. */
  spanContext(frame: Frame): SpanContext | undefined
  /** Writes the trace of a frame into a carrier. */
  inject(frame: Frame, carrier: TraceCarrier): void
  /** The context that a carrier brings; undefined if none. */
  extract(carrier: TraceCarrier): { span?: unknown; base?: BaseContext | undefined } | undefined
  /** Enters a frame, or none, in another set-up's context manager; undefined where the manager is our own. */
  enter: (<T>(frame: Frame | undefined, fn: () => T) => T) | undefined
  /** The frame in force by another set-up's context manager; undefined where the manager is our own. */
  active?: (() => Frame | undefined) | undefined
}
