import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { bindContext, getLogger, initTelemetry, runUnit, runWithContext } from '@throughline/core'
import { carryTrace, openSpan, slot, type TraceCarrier } from '@throughline/core/binding'
import { captureTelemetry, type TelemetryCapture } from '@throughline/testing'
import fc from 'fast-check'
import { spanTree } from './span-tree.js'

let telemetry: TelemetryCapture

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  telemetry = captureTelemetry()
})

afterEach(async () => {
  await telemetry.stop()
  await initTelemetry().shutdown()
})

/** As in a program: taken once, before any capture, and kept. */
const keptTracer = trace.getTracer('kept')

const task = <T>(name: string, fn: () => T): T => runUnit({ kind: 'task', name }, fn)

describe('spans of a capture', () => {
  it('are made of units of work with OpenTelemetry off, whole and in the order they end', async () => {
    await runUnit(
      {
        kind: 'http',
        name: 'POST',
        fields: { 'request.id': 'abc', labels: ['draft'] },
        span: { dimensions: { 'url.scheme': 'https' } },
      },
      async (unit) => {
        await task('check', async () => {})
        bindContext({ 'draft.id': 7 })
        unit.setName('POST /drafts/{id}')
        unit.setAttributes({ 'http.response.status_code': 201 })
      },
    )
    expect(spanTree(telemetry)).toEqual([['POST /drafts/{id}', ['check']]])
    expect(telemetry.spans).toMatchObject([
      { name: 'check', kind: SpanKind.INTERNAL, attributes: { 'request.id': 'abc' } },
      {
        name: 'POST /drafts/{id}',
        kind: SpanKind.SERVER,
        status: { code: SpanStatusCode.UNSET },
        parentSpanContext: undefined,
        links: [],
        events: [],
        ended: true,
      },
    ])
    expect(telemetry.spans[1]?.attributes).toStrictEqual({
      'url.scheme': 'https',
      'request.id': 'abc',
      'http.response.status_code': 201,
      labels: ['draft'],
      'draft.id': 7,
    })
  })

  it('bear the failure of their unit', () => {
    expect(() =>
      task('import', () => {
        throw new TypeError('no such file')
      }),
    ).toThrow('no such file')
    expect(telemetry.spans).toMatchObject([
      {
        name: 'import',
        status: { code: SpanStatusCode.ERROR, message: 'no such file' },
        attributes: { 'error.type': 'TypeError' },
        events: [
          {
            name: 'exception',
            attributes: { 'exception.type': 'TypeError', 'exception.message': 'no such file' },
          },
        ],
      },
    ])
  })

  it('have the lines written in them as events, from info up', () => {
    task('import', () => {
      getLogger('draft').info('pick_made', { 'hero.id': 4 })
      getLogger('draft').debug('detail')
    })
    expect(telemetry.spans[0]?.events).toMatchObject([
      { name: 'draft.pick_made', attributes: { 'hero.id': 4, 'event.name': 'draft.pick_made' } },
    ])
  })

  it('have kinds and parents as in production', () => {
    const { traceId, spanId } = runUnit({ kind: 'connection', name: 'ws', manualEnd: true }, (connection) => {
      const upgrade = connection.spanContext as { traceId: string; spanId: string; traceFlags: number }
      connection.endSpan({ outcome: 'ok' })
      runUnit({ kind: 'message', name: 'pick', within: connection, links: [upgrade], span: {} }, () => {
        openSpan({ name: 'add mails', kind: 'producer' })?.end()
      })
      runUnit({ kind: 'message', name: 'no span asked for', within: connection }, () => {})
      connection.end({ outcome: 'ok' })
      return upgrade
    })
    runUnit({ kind: 'job', name: 'mails', carrier: { traceparent: `00-${traceId}-${spanId}-00` } }, () => {})
    expect(telemetry.spans).toMatchObject([
      { name: 'ws', kind: SpanKind.SERVER },
      { name: 'add mails', kind: SpanKind.PRODUCER },
      { name: 'pick', kind: SpanKind.CONSUMER, links: [{ context: { traceId, spanId } }] },
      { name: 'mails', kind: SpanKind.CONSUMER, parentSpanContext: { traceId, spanId } },
    ])
  })

  it('are none for what is excluded from tracing, and all below it', () => {
    runUnit({ kind: 'http', name: 'GET', untraced: true }, () => {
      task('below', () => keptTracer.startSpan('deep').end())
    })
    expect(telemetry.spans).toEqual([])
  })

  it("include those of the program's own tracers, below the unit and with its request", () => {
    runWithContext({ 'request.id': 'abc' }, () =>
      task('import', () => {
        keptTracer.startActiveSpan('parse', (span) => {
          getLogger().info('parsed')
          trace.getTracer('other').startSpan('row').end()
          span.end()
        })
      }),
    )
    expect(spanTree(telemetry)).toEqual([['import', ['parse', ['row']]]])
    expect(telemetry.spans.map(({ attributes }) => attributes['request.id'])).toEqual(['abc', 'abc', 'abc'])
    expect(telemetry.logs[0]?.spanId).toBe(telemetry.spans[1]?.spanContext().spanId)
  })

  it('are those of the lines: same ids', () => {
    task('import', () => getLogger().info('step'))
    const { traceId, spanId } = telemetry.spans[0]?.spanContext() ?? {}
    expect(telemetry.logs).toMatchObject([
      { event: 'step', traceId, spanId },
      { event: 'task_completed', traceId, spanId },
    ])
  })

  it('are seen by every capture that is open', async () => {
    task('one', () => {})
    const second = captureTelemetry()
    task('two', () => {})
    await telemetry.stop()
    task('three', () => {})
    await second.stop()
    expect(spanTree(telemetry)).toEqual([['one'], ['two']])
    expect(spanTree(second)).toEqual([['two'], ['three']])
  })

  it('are seen again by a capture that comes later, from tracers taken before', async () => {
    keptTracer.startSpan('first').end()
    await telemetry.stop()
    keptTracer.startSpan('between').end()
    telemetry = captureTelemetry()
    keptTracer.startSpan('second').end()
    expect(spanTree(telemetry)).toEqual([['second']])
  })

  it('are forgotten on clear, in the same array', () => {
    const { spans } = telemetry
    task('one', () => {})
    telemetry.clear()
    task('two', () => {})
    expect(spans.map(({ name }) => name)).toEqual(['two'])
  })

  it('end with the capture: what was there before is restored', async () => {
    await telemetry.stop()
    expect(slot.tracing).toBeUndefined()
    expect(slot.activeTrace).toBeUndefined()
    expect(keptTracer.startSpan('after').isRecording()).toBe(false)
    expect(trace.getTracer('new').startSpan('after').isRecording()).toBe(false)
    context.with(ROOT_CONTEXT.setValue(Symbol.for('x'), 1), () => {
      expect(context.active()).toBe(ROOT_CONTEXT)
    })
    task('after', () => expect(trace.getActiveSpan()).toBeUndefined())
    expect(telemetry.spans).toEqual([])
  })

  it('of a unit that outlives the capture go nowhere', async () => {
    let finish = (): void => {}
    const unit = task('slow', () => new Promise<void>((done) => (finish = done)))
    await telemetry.stop()
    const second = captureTelemetry()
    await second.stop()
    finish()
    await unit
    expect([...telemetry.spans, ...second.spans]).toEqual([])
  })

  it('go on over initTelemetry, shutdown and a new start', async () => {
    const first = initTelemetry()
    await first.ready
    task('running', () => {})
    await first.shutdown()
    task('stopped', () => keptTracer.startSpan('kept').end())
    await initTelemetry().ready
    task('again', () => getLogger().info('step'))
    expect(spanTree(telemetry)).toEqual([['running'], ['stopped', ['kept']], ['again']])
    expect(telemetry.logs.find(({ event }) => event === 'step')?.traceId).toBe(
      telemetry.spans.at(-1)?.spanContext().traceId,
    )
  })

  it('are written into what goes out, for the next hop', () => {
    const carrier: TraceCarrier = {}
    task('add', () => carryTrace(slot.storage.getStore()!, carrier))
    const { traceId, spanId } = telemetry.spans[0]!.spanContext()
    expect(carrier.traceparent).toBe(`00-${traceId}-${spanId}-01`)
  })

  it('print without what is never of interest', () => {
    task('import', () => {})
    expect(Object.keys(telemetry.spans[0]!)).not.toContain('resource')
    expect(telemetry.spans[0]?.resource.attributes).toMatchObject({ 'telemetry.sdk.language': 'nodejs' })
  })

  it("are only those of the program's tracers where telemetry is switched off", async () => {
    process.env.TELEMETRY_ENABLED = 'false'
    try {
      initTelemetry()
      task('import', () => keptTracer.startSpan('own').end())
      expect(spanTree(telemetry)).toEqual([['own']])
    } finally {
      delete process.env.TELEMETRY_ENABLED
      await initTelemetry().shutdown()
      initTelemetry()
    }
  })

  it('never mix the requests of units that run at the same time', async () => {
    const units = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), {
      minLength: 2,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(units, async (plans) => {
        telemetry.clear()
        await Promise.all(
          plans.map((turns, index) =>
            runUnit({ kind: 'http', name: 'GET', fields: { 'request.id': `r${index}` } }, async () => {
              for (const turn of turns) {
                for (let i = 0; i < turn; i++) await setImmediate()
                await task(`t${index}`, async () => {
                  await setImmediate()
                  await keptTracer.startActiveSpan(`s${index}`, async (span) => {
                    await setImmediate()
                    span.end()
                  })
                })
              }
            }),
          ),
        )
        expect(telemetry.spans).toHaveLength(plans.flat().length * 2 + plans.length)
        const requestsOfTraces = new Map<string, Set<unknown>>()
        for (const { spanContext, attributes, name } of telemetry.spans) {
          const request = attributes['request.id']
          if (name !== 'GET') expect(request).toBe(`r${name.slice(1)}`)
          const { traceId } = spanContext()
          requestsOfTraces.set(traceId, (requestsOfTraces.get(traceId) ?? new Set()).add(request))
        }
        expect(requestsOfTraces.size).toBe(plans.length)
        expect([...requestsOfTraces.values()].every((requests) => requests.size === 1)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
