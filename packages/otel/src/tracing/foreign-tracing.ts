import {
  type Attributes,
  type Context,
  context as contextApi,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  trace,
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
import { RecordedSpan } from './open-span.js'
import { hasSpan, toLink } from './own-tracing.js'
import { QuietSpan } from './quiet-span.js'
import { SPAN_KINDS, unitSpanKind } from './span-kind.js'
import type { TraceIds } from './trace-ids.js'
import { OpenUnitTrace, type UnitTraceSettings } from './unit-trace.js'

export interface ForeignTracingParts extends UnitTraceSettings {
  readonly tracer: Tracer
  readonly ids: TraceIds
  /** Whether the context manager is another's too; else ours stands below another's provider. */
  readonly foreignManager: boolean
}

/**
 * Spans of units under a provider that another set-up has registered: its sampler, its processors, its propagator.
 *
 * Where that set-up has opened a server span for the request already, that one is described, not doubled.
 */
export class ForeignTracing implements Tracing {
  readonly enter: Tracing['enter']

  constructor(private readonly parts: ForeignTracingParts) {
    this.enter = parts.foreignManager
      ? (frame, fn) => contextApi.with(frame as Frame & Context, fn)
      : undefined
  }

  openUnit(options: UnitOptions, scope: Scope, current: Frame | undefined): UnitTrace {
    const active = this.#activeContext(options, current)
    const own = trace.getSpan(active)
    if (options.kind === 'http' && isServerSpan(own)) {
      return new OpenUnitTrace(new Frame(scope, own, active), own, options, this.parts, true)
    }
    const above = this.#contextAbove(options, active)
    if (!hasSpan(options)) {
      const frame = new Frame(scope, trace.getSpan(above), above)
      return new OpenUnitTrace(frame, undefined, options, this.parts, false)
    }
    const span = this.#startUnit(options, scope, above)
    const recorded = span.isRecording() ? span : undefined
    return new OpenUnitTrace(new Frame(scope, span, above), recorded, options, this.parts, false)
  }

  openSpan({ name, kind, attributes, links }: SpanOptions, current: Frame | undefined): OpenSpan | undefined {
    const above = this.#currentContext(current)
    const options = {
      kind: SPAN_KINDS[kind],
      attributes: {
        ...(attributes !== undefined && (spanAttributes(attributes) as Attributes)),
        ...startAttributes(current?.scope, this.parts.spanKeys()),
      },
      links: links?.map(toLink) ?? [],
    }
    const span = this.parts.tracer.startSpan(name, options, above)
    return span.isRecording() ? new RecordedSpan(new Frame(current?.scope, span, above), span) : undefined
  }

  spanContext({ span }: Frame): SpanContext | undefined {
    return (span as Span | undefined)?.spanContext()
  }

  inject(frame: Frame, carrier: TraceCarrier): void {
    propagation.inject(this.#currentContext(frame), carrier)
  }

  extract(carrier: TraceCarrier): { span?: unknown; base?: Frame['base'] } | undefined {
    const context = propagation.extract(ROOT_CONTEXT, carrier)
    return { span: trace.getSpan(context), base: trace.deleteSpan(context) }
  }

  /** The context of the other set-up that the unit begins in: its values stay, whatever becomes of the span. */
  #activeContext({ within }: UnitOptions, current: Frame | undefined): Context {
    if (!this.parts.foreignManager) return (current as (Frame & Context) | undefined) ?? ROOT_CONTEXT
    return within === undefined || current === undefined ? contextApi.active() : (current as Frame & Context)
  }

  /** What is current, seen from the frame in force: deeper spans are known to the other manager alone. */
  #currentContext(current: Frame | undefined): Context {
    const isInForce = this.parts.foreignManager && current?.scope === frameInForce()?.scope
    return isInForce || current === undefined ? contextApi.active() : (current as Frame & Context)
  }

  #contextAbove(options: UnitOptions, active: Context): Context {
    const { parent, carrier, carried = 'child', detached } = options
    if (parent !== undefined) return trace.setSpanContext(active, parent)
    const alone = detached === true || carrier !== undefined ? trace.deleteSpan(active) : active
    if (carrier === undefined || carried !== 'child') return alone
    return propagation.extract(alone, carrier)
  }

  #startUnit(options: UnitOptions, scope: Scope, above: Context): Span {
    const { ids, tracer, spanKeys } = this.parts
    const parent = trace.getSpan(above)
    if (options.untraced === true || (parent instanceof QuietSpan && parent.untraced)) {
      const context = parent?.spanContext()
      return new QuietSpan(
        context?.traceId ?? ids.newTraceId(),
        ids.generateSpanId(),
        context?.traceState,
        true,
      )
    }
    const given = options.span === false ? undefined : options.span
    const start = {
      kind: unitSpanKind(options.kind, given?.kind),
      attributes: { ...given?.dimensions, ...startAttributes(scope, spanKeys()) },
      links: [...carriedLink(options), ...(options.links ?? [])].map(toLink),
    }
    return tracer.startSpan(
      given?.name ?? options.name,
      start,
      new Frame(scope, parent, above) as Frame & Context,
    )
  }
}

function carriedLink({ carrier, carried }: UnitOptions): SpanContext[] {
  if (carrier === undefined || carried !== 'link') return []
  const linked = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, carrier))
  return linked === undefined ? [] : [linked]
}

function frameInForce(): Frame | undefined {
  const active = contextApi.active()
  return 'scope' in active ? (active as unknown as Frame) : undefined
}

/** A span that another instrumentation has opened for the request that is being handled. */
function isServerSpan(span: Span | undefined): span is Span {
  return span?.isRecording() === true && (span as { kind?: unknown }).kind === SpanKind.SERVER
}
