import { initTelemetry } from '@throughline/core'
import {
  type OtlpReceiver,
  type OtlpSpan,
  type SpanTree,
  spanTrees,
  startOtlpReceiver,
} from '@throughline/otlp'
import { type Platform, type Running, type Setup, start } from './applications.js'

/** An application whose spans arrive at a collector. */
export interface Traced extends Running {
  receiver: OtlpReceiver
  /** The trees of the traces that the request with this id is in, once it has ended. */
  treesOf(requestId: string): Promise<SpanTree[]>
  /** All that the process has recorded so far. */
  spans(): Promise<OtlpSpan[]>
}

/** As `start`, with OpenTelemetry on; every trace is sampled unless `env` says otherwise. */
export async function startTraced(platform: Platform, setup: Setup): Promise<Traced> {
  const receiver = await startOtlpReceiver()
  const env = {
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER_ARG: '1',
    ...setup.env,
  }
  // Lines would be events of the spans: what they look like is told elsewhere.
  const telemetry = { ...setup.telemetry, log: { spanEvents: false, ...setup.telemetry?.log } }
  const running = await start(platform, { ...setup, telemetry, env })
  async function spans(): Promise<OtlpSpan[]> {
    await initTelemetry().flush()
    return receiver.spans()
  }
  return {
    ...running,
    receiver,
    spans,
    async treesOf(requestId) {
      await running.records.completion(requestId)
      const all = await spans()
      const traces = new Set(
        all.filter(({ attributes }) => attributes['request.id'] === requestId).map(({ traceId }) => traceId),
      )
      return spanTrees(all.filter(({ traceId }) => traces.has(traceId))).map(comparableTree)
    },
    async stop() {
      await running.stop()
      await receiver.stop()
    },
  }
}

/** As `startTraced`, for the length of one test. */
export async function withTraced<T>(
  platform: Platform,
  setup: Setup,
  use: (traced: Traced) => Promise<T>,
): Promise<T> {
  const traced = await startTraced(platform, setup)
  try {
    return await use(traced)
  } finally {
    await traced.stop()
  }
}

/** Ports and stack traces differ from run to run. */
function comparableTree(tree: SpanTree): SpanTree {
  return {
    ...tree,
    attributes: plain(tree.attributes),
    events: tree.events.map(({ name, attributes }) => ({ name, attributes: plain(attributes) })),
    children: tree.children.map(comparableTree),
  }
}

function plain(attributes: SpanTree['attributes']): SpanTree['attributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => {
      if (key.endsWith('.port')) return [key, typeof value === 'number' ? '<port>' : value]
      if (key === 'exception.stacktrace') return [key, (value as string).split('\n')[0] as string]
      return [key, value]
    }),
  )
}

/** What of a request's span is particular to it. */
export interface ServerSpan {
  requestId: string
  path: string
  method?: string
  route?: string | undefined
  /** Undefined where none was sent. */
  status?: number | undefined
  aborted?: boolean
  exception?: { type: string; message: string; firstLine?: string } | undefined
  /** Further attributes, or others than usual. */
  attributes?: SpanTree['attributes']
  children?: SpanTree[]
}

/** The whole tree of a request on 127.0.0.1 over HTTP/1.1. */
export function serverSpan({ method = 'GET', route, status, exception, ...given }: ServerSpan): SpanTree {
  const known = method !== 'PROPFIND'
  const failed = exception !== undefined || (status ?? 0) >= 500
  const attributes = {
    'request.id': given.requestId,
    'url.scheme': 'http',
    'url.path': given.path,
    'http.request.method': known ? method : '_OTHER',
    'http.request.method_original': known ? undefined : method,
    'http.route': route,
    'http.response.status_code': status,
    'http.aborted': given.aborted,
    'client.address': '127.0.0.1',
    'server.address': '127.0.0.1',
    'server.port': '<port>',
    'network.peer.address': '127.0.0.1',
    'network.peer.port': '<port>',
    'network.protocol.version': '1.1',
    'error.type': failed ? (exception?.type ?? String(status)) : undefined,
    ...given.attributes,
  }
  return {
    name: [known ? method : 'HTTP', route].filter(Boolean).join(' '),
    kind: 'SERVER',
    scope: '@throughline/core',
    attributes: withoutUndefined(attributes),
    events: exception === undefined ? [] : [exceptionEvent(exception)],
    links: [],
    status: { code: failed ? 'ERROR' : 'UNSET', message: exception?.message ?? '' },
    children: given.children ?? [],
  }
}

/** A span that code of the application has opened. */
export function innerSpan(name: string, requestId: string, given: Partial<SpanTree> = {}): SpanTree {
  return {
    name,
    kind: 'INTERNAL',
    scope: '@throughline/core',
    attributes: { 'request.id': requestId },
    events: [],
    links: [],
    status: { code: 'UNSET', message: '' },
    children: [],
    ...given,
  }
}

function exceptionEvent({
  type,
  message,
  firstLine = `${type}: ${message}`,
}: NonNullable<ServerSpan['exception']>): SpanTree['events'][number] {
  const attributes = {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': firstLine || undefined,
  }
  return { name: 'exception', attributes: withoutUndefined(attributes) }
}

function withoutUndefined(
  attributes: Record<string, SpanTree['attributes'][string] | undefined>,
): SpanTree['attributes'] {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined),
  ) as SpanTree['attributes']
}
