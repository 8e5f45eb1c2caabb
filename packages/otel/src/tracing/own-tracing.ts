import {
  type Attributes,
  type Link,
  type Span,
  type SpanContext,
  type TextMapPropagator,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api'
import type { UnitOptions } from '@throughline/core'
import {
  Frame,
  type OpenSpan,
  type Scope,
  type SpanOptions,
  spanAttributes,
  type TraceCarrier,
  type Tracing,
  type UnitTrace,
} from '@throughline/core/binding'
import { type Carried, readCarrier, writeCarrier } from './carrier.js'
import { StartedSpan } from './started-span.js'
import { QuietSpan } from './quiet-span.js'
import type { UnitSampler } from './sampling.js'
import { SPAN_KINDS, unitSpanKind } from './span-kind.js'
import type { TraceIds } from './trace-ids.js'
import { OpenUnitTrace, type UnitTraceSettings } from './unit-trace.js'
import { isUntraced, untracedBase } from './untraced.js'

export interface OwnTracingParts extends UnitTraceSettings {
  readonly tracer: Tracer
  readonly ids: TraceIds
  readonly sampler: UnitSampler
  readonly propagator: TextMapPropagator
}

/** Where a unit comes from in its trace. */
interface Origin {
  readonly parent: SpanContext | undefined
  /** The parent itself, where it is a span of this process. */
  readonly parentSpan: Span | undefined
  readonly base: Frame['base']
  readonly links: readonly SpanContext[] | undefined
}

/**
 * Spans of units under our own provider: the decision comes before the span, so that a unit which is not sampled
 * costs two ids. Context manager and AsyncLocalStorage are one, so there is nothing to enter.
 */
export class OwnTracing implements Tracing {
  readonly enter = undefined

  constructor(private readonly parts: OwnTracingParts) {}

  openUnit(options: UnitOptions, scope: Scope, current: Frame | undefined): UnitTrace {
    const origin = this.#originOf(options, current)
    if (!hasSpan(options)) {
      const { parent, parentSpan, base } = origin
      const span = parentSpan ?? (parent === undefined ? undefined : trace.wrapSpanContext(parent))
      return new OpenUnitTrace(new Frame(scope, span, base), undefined, options, this.parts, false)
    }
    const span = this.#startUnit(options, scope, origin)
    const frame = new Frame(scope, span, origin.base)
    return new OpenUnitTrace(frame, span.isRecording() ? span : undefined, options, this.parts, false)
  }

  openSpan({ name, kind, attributes, links }: SpanOptions, current: Frame | undefined): OpenSpan | undefined {
    const parent = current?.span as Span | undefined
    // By its flags: a span of another process is never recording here, and one that has ended no longer is.
    if (parent !== undefined && !isSampled(parent.spanContext())) return undefined
    const { ids, sampler, tracer } = this.parts
    const base = current ?? new Frame(undefined)
    if (parent === undefined) {
      const traceId = ids.newTraceId()
      // Whatever follows is to do as it was decided here.
      if (!sampler.samplesRoot(traceId)) return this.#quiet(traceId, base)
      ids.decided = traceId
    }
    const options = {
      kind: SPAN_KINDS[kind],
      attributes: attributes === undefined ? {} : (spanAttributes(attributes) as Attributes),
      links: links?.map(toLink) ?? [],
    }
    const span = tracer.startSpan(name, options, base)
    ids.decided = ''
    return new StartedSpan(new Frame(base.scope, span, base.base), span)
  }

  #quiet(traceId: string, { scope, base }: Frame): OpenSpan {
    const span = new QuietSpan(traceId, this.parts.ids.generateSpanId())
    return new StartedSpan(new Frame(scope, span, base), span)
  }

  spanContext({ span }: Frame): SpanContext | undefined {
    return (span as Span | undefined)?.spanContext()
  }

  inject(frame: Frame, carrier: TraceCarrier): void {
    if (frame.span === undefined && frame.base === undefined) return
    writeCarrier(frame, carrier, this.parts.propagator)
  }

  extract(carrier: TraceCarrier): { span?: unknown; base?: Frame['base'] } | undefined {
    const carried = this.#read(carrier)
    if (carried === undefined) return undefined
    const { span, base } = carried
    return { span: span === undefined ? undefined : trace.wrapSpanContext(span), base }
  }

  #read(carrier: TraceCarrier): Carried | undefined {
    return readCarrier(carrier, this.parts.propagator)
  }

  #originOf(options: UnitOptions, current: Frame | undefined): Origin {
    const { carrier, carried = 'child', links } = options
    const read = carrier === undefined || carried === 'none' ? undefined : this.#read(carrier)
    const around = read?.base ?? current?.base
    const base = options.untraced === true ? untracedBase(around) : around
    if (options.parent !== undefined) return { parent: options.parent, parentSpan: undefined, base, links }
    if (read?.span === undefined || carried === 'link') {
      const parentSpan = carrier === undefined ? (current?.span as Span | undefined) : undefined
      const all = read?.span === undefined ? links : [read.span, ...(links ?? [])]
      return { parent: parentSpan?.spanContext(), parentSpan, base, links: all }
    }
    const parent = options.trusted === false ? this.#judged(read.span) : read.span
    return { parent, parentSpan: undefined, base, links }
  }

  /** A stranger's trace goes on, but whether it is sampled is for our own ratio to say (R3.4). */
  #judged(parent: SpanContext): SpanContext {
    const sampled = this.parts.sampler.samplesRoot(parent.traceId)
    return { ...parent, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE }
  }

  #startUnit(options: UnitOptions, scope: Scope, { parent, parentSpan, base, links }: Origin): Span {
    const { ids, sampler, tracer } = this.parts
    const traceId = parent?.traceId ?? ids.newTraceId()
    const follows = parent !== undefined && sampler.followsParent
    const sampled = !isUntraced(base) && (follows ? isSampled(parent) : sampler.samplesRoot(traceId))
    if (!sampled) return new QuietSpan(traceId, ids.generateSpanId(), parent?.traceState)
    if (parent === undefined) ids.decided = traceId
    const above = parent === undefined ? undefined : (parentSpan ?? trace.wrapSpanContext(parent))
    const given = options.span === false ? undefined : options.span
    const start = {
      kind: unitSpanKind(options.kind, given?.kind),
      attributes: given?.dimensions as Attributes,
      links: links?.map(toLink) ?? [],
    }
    const span = tracer.startSpan(given?.name ?? options.name, start, new Frame(scope, above, base))
    ids.decided = ''
    return span
  }
}

/** A message has a span of its own only where somebody asked for one. */
export function hasSpan({ kind, span, parent, links }: UnitOptions): boolean {
  if (span === false) return false
  return kind !== 'message' || span !== undefined || parent !== undefined || links !== undefined
}

export function toLink(context: SpanContext): Link {
  return { context }
}

function isSampled({ traceFlags }: SpanContext): boolean {
  return (traceFlags & TraceFlags.SAMPLED) !== 0
}
