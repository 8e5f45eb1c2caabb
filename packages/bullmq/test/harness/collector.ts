import { fileURLToPath } from 'node:url'
import {
  type OtlpReceiver,
  type OtlpSpan,
  spanTrees,
  type SpanTree,
  startOtlpReceiver,
} from '@throughline/otlp'

/** Where the spans of a test go: over the wire, as those of an application do. */
export class Collector {
  private constructor(private readonly receiver: OtlpReceiver) {}

  /** Sets the environment, which `initTelemetry` reads. */
  static async open(): Promise<Collector> {
    const receiver = await startOtlpReceiver()
    process.env['OTEL_ENABLED'] = 'true'
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = receiver.url
    process.env['OTEL_TRACES_SAMPLER_ARG'] ??= '1'
    // The program, from where core finds what it does not depend on.
    process.argv[1] = fileURLToPath(import.meta.url)
    return new Collector(receiver)
  }

  get spans(): OtlpSpan[] {
    return this.receiver.spans()
  }

  get trees(): SpanTree[] {
    return spanTrees(this.spans).map(steady)
  }

  clear(): void {
    this.receiver.clear()
  }

  stop(): Promise<void> {
    return this.receiver.stop()
  }
}

/** A tree without what differs between machines. */
function steady({ events, children, ...span }: SpanTree): SpanTree {
  return {
    ...span,
    events: events.map(({ name, attributes }) => ({
      name,
      attributes:
        'exception.stacktrace' in attributes
          ? { ...attributes, 'exception.stacktrace': typeof attributes['exception.stacktrace'] }
          : attributes,
    })),
    children: children.map(steady),
  }
}
