import { type Attributes, type Context, type Link, ROOT_CONTEXT, SpanKind } from '@opentelemetry/api'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
} from '@opentelemetry/sdk-trace'
import type { TelemetryConfig } from '@throughline/core'
import { RatioSampler } from './ratio-sampler.js'
import { isUntraced } from './untraced.js'

const NOT_SAMPLED: SamplingResult = { decision: SamplingDecision.NOT_RECORD }

/**
 * The sampler that `OTEL_TRACES_SAMPLER` names, asked ahead of the SDK where we start a span ourselves (R1.7).
 *
 * Nothing is sampled below a unit that is excluded, whichever sampler that is.
 */
export class UnitSampler implements Sampler {
  readonly #root: Sampler
  readonly #official: Sampler

  constructor(private readonly config: Pick<TelemetryConfig, 'sampler' | 'sampleRatio'>) {
    this.#root = rootSampler(config)
    this.#official = this.followsParent ? new ParentBasedSampler({ root: this.#root }) : this.#root
  }

  /** Whether a span does as its parent does. */
  get followsParent(): boolean {
    return this.config.sampler.startsWith('parentbased_')
  }

  /** Whether a trace without a parent, or with one whose word does not count, is sampled. */
  samplesRoot(traceId: string): boolean {
    return this.#decide(this.#root, ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED
  }

  shouldSample(
    context: Context,
    traceId: string,
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    if (isUntraced(context)) return NOT_SAMPLED
    return this.#official.shouldSample(context, traceId, name, kind, attributes, links)
  }

  toString(): string {
    return this.#official.toString()
  }

  #decide(sampler: Sampler, context: Context, traceId: string): SamplingResult {
    return sampler.shouldSample(context, traceId, '', SpanKind.INTERNAL, {}, [])
  }
}

function rootSampler({ sampler, sampleRatio }: Pick<TelemetryConfig, 'sampler' | 'sampleRatio'>): Sampler {
  switch (sampler) {
    case 'always_on':
    case 'parentbased_always_on':
      return new AlwaysOnSampler()
    case 'always_off':
    case 'parentbased_always_off':
      return new AlwaysOffSampler()
    default:
      return new RatioSampler(sampleRatio)
  }
}
