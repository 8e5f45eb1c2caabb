import {
  type Attributes,
  type Context,
  context as contextApi,
  diag,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
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
import { startAttributes } from './context-attributes.js'
import { extractForeign, injectForeign } from './foreign-carrier.js'
import { activeForeign, contextOf, enterForeign, frameOn } from './foreign-frames.js'
import { serverSpanOf } from './foreign-server-span.js'
import { StartedSpan } from './started-span.js'
import { hasSpan, toLink } from './own-tracing.js'
import { QuietSpan } from './quiet-span.js'
import type { UnitSampler } from './sampling.js'
import { SPAN_KINDS, unitSpanKind } from './span-kind.js'
import type { TraceIds } from './trace-ids.js'
import { OpenUnitTrace, type UnitTraceSettings } from './unit-trace.js'
import { isUntraced, untracedBase } from './untraced.js'

export interface ForeignTracingParts extends UnitTraceSettings {
  readonly tracer: Tracer
  readonly ids: TraceIds
  /** Judges the traces of strangers. */
  readonly sampler: Pick<UnitSampler, 'samplesRoot'>
  /** Whether the context manager is another's too; else ours stands below another's provider. */
  readonly foreignManager: boolean
}

/** Where a unit begins in another set-up's trace. */
interface Origin {
  readonly above: Context
  readonly links: readonly SpanContext[]
}

/**
 * Spans of units under a provider that another set-up has registered: its sampler, its processors, its propagator.
 *
 * Where that set-up has opened a server span for the request already, that one is described, not doubled. Its code
 * runs inside ours and may throw, which costs the span and never the unit.
 */
export class ForeignTracing implements Tracing {
  readonly enter: Tracing['enter']
  readonly active: Tracing['active']

  constructor(private readonly parts: ForeignTracingParts) {
    this.enter = parts.foreignManager ? enterForeign : undefined
    this.active = parts.foreignManager ? activeForeign : undefined
  }

  openUnit(options: UnitOptions, scope: Scope, current: Frame | undefined): UnitTrace {
    try {
      return this.#openUnit(options, scope, current)
    } catch (error) {
      diag.warn('throughline: the span of a unit was not started', error)
      const frame = new Frame(scope, current?.span, current?.base)
      return new OpenUnitTrace(frame, undefined, options, this.parts, false)
    }
  }

  openSpan({ name, kind, attributes, links }: SpanOptions, current: Frame | undefined): OpenSpan | undefined {
    const above = contextOf(current)
    if (isUntraced(above)) return undefined
    const options = {
      kind: SPAN_KINDS[kind],
      attributes: {
        ...(attributes !== undefined && (spanAttributes(attributes) as Attributes)),
        ...startAttributes(current?.scope, this.parts.spanKeys()),
      },
      links: links?.map(toLink) ?? [],
    }
    try {
      const span = this.parts.tracer.startSpan(name, options, above)
      // The beginning of a trace decides for whatever follows, recorded or not.
      const counts = span.isRecording() || current?.span === undefined
      return counts ? new StartedSpan(frameOn(current?.scope, span, above), span) : undefined
    } catch (error) {
      diag.warn('throughline: a span was not started', error)
      return undefined
    }
  }

  spanContext({ span }: Frame): SpanContext | undefined {
    return (span as Span | undefined)?.spanContext()
  }

  inject(frame: Frame, carrier: TraceCarrier): void {
    try {
      injectForeign(contextOf(frame), carrier)
    } catch (error) {
      diag.warn('throughline: a trace was not handed on', error)
    }
  }

  extract(carrier: TraceCarrier): { span?: unknown; base?: Frame['base'] } | undefined {
    try {
      const context = extractForeign(ROOT_CONTEXT, carrier)
      return { span: trace.getSpan(context), base: trace.deleteSpan(context) }
    } catch (error) {
      diag.warn('throughline: a trace was not taken over', error)
      return undefined
    }
  }

  #openUnit(options: UnitOptions, scope: Scope, current: Frame | undefined): UnitTrace {
    const { parts } = this
    if (options.kind === 'http' && options.span !== false) {
      const active = contextOf(current)
      const server = serverSpanOf(active)
      if (server !== undefined) return this.#describe(server, options, scope, active)
    }
    const { above, links } = this.#originOf(options, current)
    const parent = trace.getSpan(above)
    if (!hasSpan(options)) {
      return new OpenUnitTrace(frameOn(scope, parent, above), undefined, options, parts, false)
    }
    const span = isUntraced(above)
      ? this.#quiet(parent?.spanContext())
      : this.#start(options, scope, above, links)
    const recorded = span.isRecording() ? span : undefined
    return new OpenUnitTrace(frameOn(scope, span, above), recorded, options, parts, false)
  }

  /** The other set-up's span stays its own to end; below an excluded request there are none of ours. */
  #describe(server: Span, options: UnitOptions, scope: Scope, active: Context): UnitTrace {
    const attributes = startAttributes(scope, this.parts.spanKeys())
    if (attributes !== undefined) server.setAttributes(attributes)
    const { traceId, spanId, traceState } = server.spanContext()
    const below = options.untraced === true ? new QuietSpan(traceId, spanId, traceState) : server
    const frame = frameOn(scope, below, marked(options, active))
    return new OpenUnitTrace(frame, server, options, this.parts, true)
  }

  #originOf(options: UnitOptions, current: Frame | undefined): Origin {
    const { parent, carrier, carried = 'child', links = [] } = options
    const active = marked(options, originContext(options, current))
    const alone = carrier === undefined ? active : trace.deleteSpan(active)
    const read = carrier === undefined || carried === 'none' ? alone : extractForeign(alone, carrier)
    if (parent !== undefined) return { above: trace.setSpanContext(read, parent), links }
    const remote = carrier === undefined ? undefined : trace.getSpanContext(read)
    if (remote === undefined) return { above: read, links }
    if (carried === 'link') return { above: trace.deleteSpan(read), links: [remote, ...links] }
    const above = options.trusted === false ? trace.setSpanContext(read, this.#judged(remote)) : read
    return { above, links }
  }

  /**
   * A stranger's trace goes on, but its word on sampling is neither believed nor taken for a no (R3.4): the ratio of
   * `OTEL_TRACES_SAMPLER` decides by the trace's id. The other set-up's sampler cannot be asked ahead. One that
   * follows parents then does as our ratio says, so the two should be the same; one that does not, decides by itself.
   */
  #judged(remote: SpanContext): SpanContext {
    const sampled = this.parts.sampler.samplesRoot(remote.traceId)
    return { ...remote, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE }
  }

  #quiet(parent: SpanContext | undefined): QuietSpan {
    const { ids } = this.parts
    return new QuietSpan(parent?.traceId ?? ids.newTraceId(), ids.generateSpanId(), parent?.traceState)
  }

  #start(options: UnitOptions, scope: Scope, above: Context, links: readonly SpanContext[]): Span {
    const { tracer, spanKeys } = this.parts
    const given = options.span === false ? undefined : options.span
    const start = {
      kind: unitSpanKind(options.kind, given?.kind),
      attributes: { ...given?.dimensions, ...startAttributes(scope, spanKeys()) },
      links: links.map(toLink),
    }
    return tracer.startSpan(given?.name ?? options.name, start, frameOn(scope, trace.getSpan(above), above))
  }
}

/** Detached work begins anew; what the other set-up says of a request, such as that it is ignored, holds for it. */
function originContext({ kind, detached }: UnitOptions, current: Frame | undefined): Context {
  if (current !== undefined || detached !== true) return contextOf(current)
  return kind === 'http' ? trace.deleteSpan(contextApi.active()) : ROOT_CONTEXT
}

/** A frame with the mark of an excluded request. */
function marked({ untraced }: UnitOptions, context: Context): Context {
  if (untraced !== true) return context
  const { base } = frameOn(undefined, undefined, context)
  return new Frame(undefined, trace.getSpan(context), untracedBase(base))
}
