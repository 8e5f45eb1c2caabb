import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, spanTrees, startOtlpReceiver } from '@throughline/otlp'
import { type Line, startApp } from './app.js'
import { type SentryIngest, startSentryIngest } from './sentry-ingest.js'

let receiver: OtlpReceiver
let sentry: SentryIngest
beforeAll(async () => {
  receiver = await startOtlpReceiver()
  sentry = await startSentryIngest()
})
afterEach(() => {
  receiver.clear()
  sentry.clear()
})
afterAll(async () => {
  await receiver.stop()
  await sentry.stop()
})

interface Run {
  comes: 'first' | 'last'
  /** Whether Sentry registers a tracer provider of its own, as it did by default before version 11. */
  provider: 'yes' | 'no'
  rate?: string
}

/** Asks the application for these paths; what it wrote. */
async function ask(run: Run, paths: Record<string, number>, env: NodeJS.ProcessEnv = {}): Promise<Line[]> {
  const app = await startApp('sentry-app.mjs', {
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    DSN: sentry.dsn,
    SENTRY_COMES: run.comes,
    SENTRY_PROVIDER: run.provider,
    SENTRY_RATE: run.rate ?? '1',
    ...env,
  })
  for (const [path, status] of Object.entries(paths)) {
    expect(await app.get(path, { 'x-request-id': `id:${path}` })).toBe(status)
  }
  const { lines, stderr } = await app.stop()
  expect(stderr).toBe('')
  return lines
}

interface SentrySpan {
  name: string
  span_id: string
  trace_id: string
  parent_span_id?: string
  attributes: Record<string, { value: unknown }>
}

const sentrySpans = (): SentrySpan[] => sentry.items('span').flatMap(({ items }) => items as SentrySpan[])

function pick({ attributes }: SentrySpan, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, attributes[key]?.value]))
}

const serverSpans = (): SentrySpan[] =>
  sentrySpans().filter((span) => pick(span, 'sentry.op')['sentry.op'] === 'http.server')

/** Each error that reached Sentry, with the trace that it names. */
function errors(): unknown[] {
  return sentry.items('event').map(({ exception, contexts }) => ({
    said: (exception as { values: { type: string; value: string }[] }).values.map(({ value }) => value),
    traceId: (contexts as { trace: { trace_id: string } }).trace.trace_id,
  }))
}

function of(lines: Line[], event: string, where?: string): Line {
  const found = lines.filter(
    (line) => line['event'] === event && (where === undefined || line['where'] === where),
  )
  expect(found).toHaveLength(1)
  return found[0] as Line
}

const SCOPES = [
  'handler',
  'withScope',
  'withIsolationScope',
  'startNewTrace',
  'continueTrace',
  'startSpan',
  'suppressTracing',
  'ROOT_CONTEXT',
  'runUnit',
]

describe('beside Sentry with a tracer provider of its own, started first', () => {
  const first: Run = { comes: 'first', provider: 'yes' }

  it('has Sentry’s one server span for a request, described by us, with lines in its trace', async () => {
    const lines = await ask(first, { '/matches/7': 200, '/matches/7/fail': 500 })
    const described = serverSpans().map((span) => [
      span.name,
      span.parent_span_id,
      pick(span, 'http.route', 'request.id', 'match.id', 'error.type', 'http.response.status_code'),
    ])
    expect(described).toEqual([
      [
        'GET /matches/{id}',
        undefined,
        {
          'http.route': '/matches/{id}',
          'request.id': 'id:/matches/7',
          'match.id': 7,
          'error.type': undefined,
          'http.response.status_code': 200,
        },
      ],
      [
        'GET /matches/{id}/fail',
        undefined,
        {
          'http.route': '/matches/{id}/fail',
          'request.id': 'id:/matches/7/fail',
          'match.id': undefined,
          'error.type': 'TypeError',
          'http.response.status_code': 500,
        },
      ],
    ])
    const [server] = serverSpans()
    // Sentry has a span for the handler, which is the active one there.
    const handler = sentrySpans().find((span) => span.name === '/matches/:id')
    const ids = (line: Line) => [line['trace_id'], line['span_id'], line['request.id']]
    expect(ids(of(lines, 'in_handler'))).toEqual([server?.trace_id, handler?.span_id, 'id:/matches/7'])
    expect(ids(of(lines, 'later'))).toEqual([server?.trace_id, handler?.span_id, 'id:/matches/7'])
    expect(ids(of(lines, 'request_completed'))).toEqual([server?.trace_id, server?.span_id, 'id:/matches/7'])
    expect(receiver.spans()).toEqual([])
    // No provider for logs is another's: records go where ours go, in Sentry's traces.
    expect(receiver.logRecords().map(({ body, traceId }) => [body, traceId])).toContainEqual([
      'later',
      server?.trace_id,
    ])
  })

  it('keeps our context through Sentry’s scopes and traces, and carries Sentry’s trace as W3C’s', async () => {
    const lines = await ask(first, { '/scopes': 200 })
    for (const where of SCOPES) {
      const line = of(lines, 'in_scope', where)
      expect(line).toMatchObject({ own: true, 'request.id': 'id:/scopes' })
      expect([where, line['span_id']]).toEqual([where, line['active']])
    }
    const [{ trace_id }] = serverSpans() as [SentrySpan]
    expect(sentrySpans().find(({ name }) => name === 'nightly')).toMatchObject({ trace_id })
    const carried = of(lines, 'carried')
    expect(carried['traceparent']).toBe(`00-${trace_id}-${carried['span_id'] as string}-01`)
    expect(carried['sentry-trace']).toBe(`${trace_id}-${carried['span_id'] as string}-1`)
  })

  it('leaves an error to reach Sentry once, in the trace of its request', async () => {
    const lines = await ask(first, { '/scopes/boom': 200 })
    const { trace_id: traceId } = of(lines, 'request_completed')
    expect(errors()).toEqual([{ said: ['sent once'], traceId }])
  })

  it('makes no server span of its own for what Sentry does not sample', async () => {
    const lines = await ask({ ...first, rate: '0' }, { '/matches/7': 200 })
    expect([...sentrySpans(), ...receiver.spans()]).toEqual([])
    const { trace_id, span_id } = of(lines, 'request_completed')
    expect([trace_id, span_id]).toEqual([
      expect.stringMatching(/^[\da-f]{32}$/),
      expect.stringMatching(/^[\da-f]{16}$/),
    ])
    expect(of(lines, 'in_handler')).toMatchObject({ trace_id, 'request.id': 'id:/matches/7' })
  })

  it('with our OpenTelemetry off makes no spans, and lines bear the ids of Sentry’s', async () => {
    const lines = await ask(first, { '/matches/7': 200 }, { OTEL_ENABLED: 'false' })
    const [server] = serverSpans()
    expect(serverSpans().map(({ name }) => name)).toEqual(['GET /matches/:id'])
    expect(of(lines, 'in_handler')).toMatchObject({
      trace_id: server?.trace_id,
      'request.id': 'id:/matches/7',
    })
    expect([...receiver.spans(), ...receiver.logRecords()]).toEqual([])
  })
})

describe.each([
  ['first, without a tracer provider of its own, which is its default', { comes: 'first', provider: 'no' }],
  ['last, without a tracer provider of its own', { comes: 'last', provider: 'no' }],
  ['last, with a tracer provider of its own that is refused', { comes: 'last', provider: 'yes' }],
] as const)('beside Sentry started %s', (_, run) => {
  it('has our one server span for a request, our context in Sentry’s scopes, and errors in Sentry once', async () => {
    const lines = await ask(run, { '/matches/7': 200, '/scopes': 200, '/scopes/boom': 200 })
    const servers = receiver.spans().filter(({ kind }) => kind === 'SERVER')
    expect(servers.map(({ name, attributes }) => [name, attributes['request.id']])).toEqual([
      ['GET /matches/{id}', 'id:/matches/7'],
      ['GET /scopes', 'id:/scopes'],
      ['GET /scopes/boom', 'id:/scopes/boom'],
    ])
    for (const where of SCOPES) {
      const line = of(lines, 'in_scope', where)
      expect(line).toMatchObject({ own: true, 'request.id': 'id:/scopes' })
      expect([where, line['span_id']]).toEqual([where, line['active']])
    }
    const scopes = spanTrees(receiver.spans()).find(({ name }) => name === 'GET /scopes')
    expect(scopes?.children.map(({ name }) => name)).toEqual(['nightly'])
    expect(of(lines, 'carried')['traceparent']).toBe(`00-${servers[1]?.traceId}-${servers[1]?.spanId}-01`)
    expect(errors()).toMatchObject([{ said: ['sent once'] }])
  })
})
