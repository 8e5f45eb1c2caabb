import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals'
import { type OtlpReceiver, type SpanTree, spanTrees, startOtlpReceiver } from '@throughline/otlp'
import { type Copies, runChild } from './child.js'
import { describeOnOtel3 } from './supported-node.js'

const COPIES: Copies[] = ['one copy of the API', 'two copies of the API']
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const SPAN_ID = 'b7ad6b7169203331'

const START = `
  const { initTelemetry, runUnit, getLogger, bindContext, runWithContext, getContext } = await import('@throughline/core')
  const { openSpan, carryTrace, activeFrame } = await import('@throughline/core/binding')
  const telemetry = initTelemetry()
  await telemetry.ready
  const log = getLogger('m')`

const THEIRS_FIRST = `
  import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
  import { registerContext, registerLogs, registerTraces, stop } from './their-set-up.mjs'
  registerTraces()
  registerContext()
  registerLogs()
  ${START}`

const STOP = `
  await telemetry.shutdown()
  await stop()`

let receiver: OtlpReceiver
beforeAll(async () => {
  receiver = await startOtlpReceiver()
})
afterEach(() => receiver.clear())
afterAll(() => receiver.stop())

async function run(copies: Copies, source: string): Promise<readonly Record<string, unknown>[]> {
  const { code, stderr, lines } = await runChild(receiver.url, copies, source)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return lines
}

/** A span without what was said on it. */
interface Shape {
  name: string
  kind: string
  scope: string
  attributes: object
  children: Shape[]
}

function shapes(trees: readonly SpanTree[]): Shape[] {
  return trees.map(({ name, kind, scope, attributes, children }) => ({
    name,
    kind,
    scope,
    attributes,
    children: shapes(children),
  }))
}

const services = (): unknown[] => [
  ...new Set([...receiver.spans(), ...receiver.logRecords()].map(({ resource }) => resource['service.name'])),
]

describeOnOtel3.each(COPIES)('beside an OpenTelemetry 3 of the application, with %s', (copies) => {
  it('its provider makes the spans of units, and its context holds ours', async () => {
    const lines = await run(
      copies,
      `${THEIRS_FIRST}
      await runUnit({ kind: 'task', name: 'nightly', fields: { 'request.id': 'r' } }, async () => {
        log.info('in_task')
        bindContext({ 'tournament.id': 5 })
        await trace.getTracer('driver').startActiveSpan('query', async (span) => {
          await new Promise(setImmediate)
          log.info('in_query')
          runWithContext({ a: 1 }, () => openSpan({ name: 'add', kind: 'producer' })?.end())
          context.with(ROOT_CONTEXT, () => log.info('in_root'))
          span.end()
        })
      })
      ${STOP}`,
    )
    const below = {
      kind: 'PRODUCER',
      scope: '@throughline/core',
      attributes: { 'request.id': 'r' },
      children: [],
    }
    expect(shapes(spanTrees(receiver.spans()))).toEqual([
      {
        name: 'nightly',
        kind: 'INTERNAL',
        scope: '@throughline/core',
        attributes: { 'request.id': 'r', 'tournament.id': 5 },
        children: [
          {
            name: 'query',
            kind: 'INTERNAL',
            scope: 'driver',
            attributes: {},
            children: [{ name: 'add', ...below }],
          },
        ],
      },
    ])
    expect(services()).toEqual(['theirs'])
    const [task, query] = ['nightly', 'query'].map((name) =>
      receiver.spans().find((span) => span.name === name),
    )
    const idsOf = (event: string) => {
      const { trace_id, span_id, ...line } = lines.find((line) => line['event'] === event) ?? {}
      return { ids: [trace_id, span_id], requestId: line['request.id'] }
    }
    expect(idsOf('in_task')).toEqual({ ids: [task?.traceId, task?.spanId], requestId: 'r' })
    expect(idsOf('in_query')).toEqual({ ids: [query?.traceId, query?.spanId], requestId: 'r' })
    expect(idsOf('task_completed')).toEqual({ ids: [task?.traceId, task?.spanId], requestId: 'r' })
    expect(idsOf('in_root')).toEqual({ ids: [undefined, undefined], requestId: 'r' })
    const records = receiver.logRecords().map(({ body, traceId, spanId, severityText, attributes }) => ({
      body,
      ids: [traceId, spanId],
      severityText,
      requestId: attributes['request.id'],
    }))
    expect(records).toEqual(
      ['in_task', 'in_query', 'in_root', 'task_completed'].map((body) => ({
        body,
        severityText: 'info',
        ...idsOf(body),
      })),
    )
  })

  it('a job and a request continue their traces, and hand them on', async () => {
    const lines = await run(
      copies,
      `${THEIRS_FIRST}
      const carrier = { traceparent: '00-${TRACE_ID}-${SPAN_ID}-01', tracestate: 'v=1', baggage: 'tenant=t' }
      const hand = (name) => {
        const headers = {}
        carryTrace(activeFrame(), headers)
        log.info('handed_on', { name, ...headers })
      }
      runUnit({ kind: 'http', name: 'GET', detached: true, carrier, span: { dimensions: { 'url.scheme': 'http' } } },
        () => hand('GET'))
      runUnit({ kind: 'job', name: 'mails', detached: true, carrier }, () => hand('mails'))
      runUnit({ kind: 'job', name: 'linked', detached: true, carrier, carried: 'link' }, () => hand('linked'))
      ${STOP}`,
    )
    const spans = receiver.spans()
    const shape = spans.map(({ name, kind, traceId, parentSpanId, links, traceState }) => ({
      name,
      kind,
      parent: traceId === TRACE_ID ? parentSpanId : undefined,
      links: links.map(({ spanId }) => spanId),
      traceState,
    }))
    expect(shape).toEqual([
      { name: 'GET', kind: 'SERVER', parent: SPAN_ID, links: [], traceState: 'v=1' },
      { name: 'mails', kind: 'CONSUMER', parent: SPAN_ID, links: [], traceState: 'v=1' },
      { name: 'linked', kind: 'CONSUMER', parent: undefined, links: [SPAN_ID], traceState: '' },
    ])
    const handed = lines.filter(({ event }) => event === 'handed_on')
    expect(handed.map(({ traceparent, baggage }) => ({ traceparent, baggage }))).toEqual(
      spans.map(({ traceId, spanId }) => ({
        traceparent: `00-${traceId}-${spanId}-01`,
        baggage: 'tenant=t',
      })),
    )
  })

  it('the server span that it has opened for a request is described, not doubled', async () => {
    await run(
      copies,
      `${THEIRS_FIRST}
      const kind = SpanKind.SERVER
      await trace.getTracer('theirs').startActiveSpan('GET', { kind }, async (span) => {
        const options = { kind: 'http', name: 'GET', detached: true, span: {}, fields: { 'request.id': 'r' } }
        await runUnit(options, async (unit) => {
          await new Promise(setImmediate)
          runUnit({ kind: 'task', name: 'below' }, () => {})
          unit.setName('GET /matches/{id}')
          unit.setAttributes({ 'http.route': '/matches/{id}' })
        })
        span.end()
      })
      ${STOP}`,
    )
    const attributes = { 'request.id': 'r' }
    expect(shapes(spanTrees(receiver.spans()))).toEqual([
      {
        name: 'GET /matches/{id}',
        kind: 'SERVER',
        scope: 'theirs',
        attributes: { ...attributes, 'http.route': '/matches/{id}' },
        children: [{ name: 'below', kind: 'INTERNAL', scope: '@throughline/core', attributes, children: [] }],
      },
    ])
  })

  it('units nest although it has registered no context manager', async () => {
    await run(
      copies,
      `
      import { registerTraces, stop } from './their-set-up.mjs'
      registerTraces()
      ${START}
      await runUnit({ kind: 'task', name: 'outer' }, async () => {
        await new Promise(setImmediate)
        await runUnit({ kind: 'task', name: 'inner' }, async () => {})
      })
      ${STOP}`,
    )
    expect(
      spanTrees(receiver.spans()).map(({ name, children }) => [name, children.map(({ name }) => name)]),
    ).toEqual([['outer', ['inner']]])
    expect(services()).toContain('theirs')
  })
})

describeOnOtel3.each(COPIES)(
  'our provider, for an application on the API of OpenTelemetry 3, with %s',
  (copies) => {
    it('traces our units, and what the application traces where it shares our copy', async () => {
      const [counted] = await run(
        copies,
        `
      import { context, trace } from '@opentelemetry/api'
      import { registerContext, registerTraces } from './their-set-up.mjs'
      ${START}
      await runUnit({ kind: 'task', name: 'nightly' }, async () => {
        await new Promise(setImmediate)
        trace.getTracer('app').startActiveSpan('query', (span) => {
          runUnit({ kind: 'task', name: 'below' }, () => {})
          span.end()
        })
      })
      // Too late: whoever comes second is refused, and the process goes on.
      console.log(JSON.stringify({ event: 'registered', taken: [registerTraces(), registerContext()] }))
      await telemetry.shutdown()`,
      ).then((lines) => lines.filter(({ event }) => event === 'registered'))
      expect(counted?.['taken']).toEqual([false, false])
      const names = (trees: readonly SpanTree[]): unknown[] =>
        trees.map(({ name, children }) => (children.length === 0 ? name : [name, ...names(children)]))
      expect(names(spanTrees(receiver.spans()))).toEqual([
        // A reader of 1.10 does not see what was registered by 1.9: its spans are lost, ours are not.
        copies === 'one copy of the API' ? ['nightly', ['query', 'below']] : ['nightly', 'below'],
      ])
      expect(services()).toEqual(['ours'])
    })
  },
)
