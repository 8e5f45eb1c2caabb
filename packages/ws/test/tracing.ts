import { initTelemetry } from '@throughline/core'
import { runningTelemetry } from '@throughline/core/binding'
import {
  type OtlpReceiver,
  type OtlpSpan,
  type SpanTree,
  spanTrees,
  startOtlpReceiver,
} from '@throughline/otlp'

/** OpenTelemetry for the length of a test: what was recorded arrives at a collector. */
export class Tracing {
  private constructor(private readonly receiver: OtlpReceiver) {}

  /** Every trace is sampled unless `env` says otherwise. */
  static async start(
    env: Record<string, string> = {},
    options: Parameters<typeof initTelemetry>[0] = {},
  ): Promise<Tracing> {
    const receiver = await startOtlpReceiver()
    await runningTelemetry()?.shutdown()
    const before = { ...process.env }
    Object.assign(process.env, {
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_TRACES_SAMPLER_ARG: '1',
      ...env,
    })
    // Lines would be events of the spans: what they look like is told elsewhere.
    const telemetry = initTelemetry({ ...options, log: { recorder: false, spanEvents: false } })
    process.env = before
    await telemetry.ready
    return new Tracing(receiver)
  }

  /** All that the process has recorded so far. */
  async spans(): Promise<OtlpSpan[]> {
    await initTelemetry().flush()
    return this.receiver.spans()
  }

  async trees(): Promise<SpanTree[]> {
    return spanTrees(await this.spans()).map(comparableTree)
  }

  async stop(): Promise<void> {
    await initTelemetry().shutdown()
    await this.receiver.stop()
    initTelemetry({ log: { recorder: false } })
  }
}

/** What differs from run to run. */
function comparableTree(tree: SpanTree): SpanTree {
  const attributes = Object.entries(tree.attributes).map(([key, value]) =>
    key.endsWith('.port') ? [key, '<port>'] : [key, value],
  )
  return {
    ...tree,
    attributes: Object.fromEntries(attributes) as SpanTree['attributes'],
    children: tree.children.map(comparableTree),
  }
}

/** The span of an upgrade on this machine. */
export function upgradeSpan(
  route: string | undefined,
  path: string,
  attributes: SpanTree['attributes'],
  children: SpanTree[] = [],
): SpanTree {
  return {
    name: route === undefined ? 'GET' : `GET ${route}`,
    kind: 'SERVER',
    scope: '@throughline/core',
    attributes: {
      'url.scheme': 'http',
      'url.path': path,
      'http.request.method': 'GET',
      ...(route !== undefined && { 'http.route': route }),
      'http.response.status_code': 101,
      'client.address': '127.0.0.1',
      'server.address': '127.0.0.1',
      'server.port': '<port>',
      'network.peer.address': '127.0.0.1',
      'network.peer.port': '<port>',
      'network.protocol.version': '1.1',
      ...attributes,
    },
    events: [],
    links: [],
    status: { code: 'UNSET', message: '' },
    children,
  }
}

/** Any span but that of an upgrade. */
export function otherSpan(
  name: string,
  kind: SpanTree['kind'],
  attributes: SpanTree['attributes'],
  given: Partial<SpanTree> = {},
): SpanTree {
  return {
    name,
    kind,
    scope: '@throughline/core',
    attributes,
    events: [],
    links: [],
    status: { code: 'UNSET', message: '' },
    children: [],
    ...given,
  }
}
