import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { type Platform, platforms } from '../support/applications.js'
import { type Answer, call } from '../support/client.js'

interface Recorded {
  name: string
  kind: number
  scope: string
  traceId: string
  spanId: string
  parentSpanId?: string
  status: { code: number; message?: string }
  attributes: Record<string, unknown>
  events: string[]
}

interface Line {
  port?: number
  spans?: Recorded[]
  trace_id?: string
  span_id?: string
  event?: string
  'request.id'?: string
}

const SERVER = 1
const INTERNAL = 0
const UNSET = 0
const ERROR = 2

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

/** Runs the application beside a set-up of the user's own, and gives back every line that it wrote. */
async function serve(platform: Platform, use: (port: number) => Promise<void>): Promise<Line[]> {
  const child = spawn(
    process.execPath,
    ['--import', fixture('own-set-up.mjs'), fixture('traced-elsewhere.mjs'), platform],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        OTEL_ENABLED: 'true',
        // Nobody listens: the spans go where the user sends them.
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      },
    },
  )
  const lines: Line[] = []
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as Line
    lines.push(line)
    if (line.port !== undefined) {
      await use(line.port)
      child.stdin.end()
    }
  }
  return lines
}

describe.each(platforms)("beside another set-up's server spans on $platform", ({ platform }) => {
  it('describes them and makes none of its own', async () => {
    const answers: Answer[] = []
    const lines = await serve(platform, async (port) => {
      for (const path of ['/orders/5', '/orders/fail', '/nowhere']) answers.push(await call(port, path))
    })
    const spans = lines.flatMap((line) => line.spans ?? [])
    const servers = spans.filter(({ kind }) => kind === SERVER)
    const expected = [
      { name: 'GET /orders/{id}', route: '/orders/{id}', status: { code: UNSET }, events: [] },
      {
        name: 'GET /orders/fail',
        route: '/orders/fail',
        // By the status code, as that set-up has it: it ends its span after we have described it.
        status: { code: ERROR },
        events: ['exception'],
      },
      { name: 'GET', route: undefined, status: { code: UNSET }, events: [] },
    ]

    expect(
      servers.map(({ name, scope, status, events, attributes }) => ({
        name,
        scope,
        status,
        // Lines are events of the span too.
        events: events.filter((event) => event === 'exception'),
        requestId: attributes['request.id'],
        route: attributes['http.route'],
        status_code: attributes['http.response.status_code'],
      })),
    ).toEqual(
      expected.map((one, at) => ({
        ...one,
        scope: '@opentelemetry/instrumentation-http',
        requestId: answers[at]?.requestId,
        status_code: answers[at]?.status,
      })),
    )
    expect(spans.filter(({ kind }) => kind !== SERVER)).toMatchObject([
      { name: 'price-order', kind: INTERNAL, parentSpanId: servers[0]?.spanId, traceId: servers[0]?.traceId },
    ])
    const completions = lines.filter(({ event }) => event?.startsWith('request_'))
    expect(completions.map((line) => [line['request.id'], line.trace_id, line.span_id])).toEqual(
      servers.map(({ traceId, spanId }, at) => [answers[at]?.requestId, traceId, spanId]),
    )
  })
})
