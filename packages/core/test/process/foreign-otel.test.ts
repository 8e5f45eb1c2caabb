import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { CORE, runChild } from './child.js'

const require = createRequire(import.meta.url)
const API = pathToFileURL(require.resolve('@opentelemetry/api')).href
const HOOKS = pathToFileURL(require.resolve('@opentelemetry/context-async-hooks')).href

describe('beside an OpenTelemetry set-up of somebody else', () => {
  it('bears its span ids and survives its ROOT_CONTEXT, with our own OpenTelemetry off', async () => {
    const { lines } = await runChild(`
      import api from '${API}'
      import hooks from '${HOOKS}'
      import { initTelemetry, getLogger, runWithContext } from '${CORE}'
      const { context, propagation, trace, ROOT_CONTEXT } = api
      context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable())
      await initTelemetry().ready
      const log = getLogger('m')
      const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 0 }
      let active = trace.setSpanContext(context.active(), span)
      active = propagation.setBaggage(active, propagation.createBaggage({ tenant: { value: 't' } }))
      context.with(active, () => runWithContext({ 'request.id': 'r' }, () => {
        log.info('inside')
        context.with(ROOT_CONTEXT, () => log.info('root'))
      }))
      log.info('outside')
    `)
    const ids = { trace_id: '0af7651916cd43dd8448eb211c80319c', span_id: 'b7ad6b7169203331' }
    expect(lines.slice(1)).toEqual([
      { level: 'info', event: 'inside', logger: 'm', 'request.id': 'r', tenant: 't', ...ids },
      { level: 'info', event: 'root', logger: 'm', 'request.id': 'r' },
      { level: 'info', event: 'outside', logger: 'm' },
    ])
  })

  it('starts no spans for units, and their lines bear the ids of its own', async () => {
    const { lines } = await runChild(`
      import api from '${API}'
      import hooks from '${HOOKS}'
      import { initTelemetry, getContext, getLogger, runUnit } from '${CORE}'
      const { context, trace } = api
      let started = 0
      const spanOf = (spanId) => trace.wrapSpanContext({ traceId: '${'a'.repeat(32)}', spanId, traceFlags: 1 })
      const startSpan = () => (started++, spanOf('${'b'.repeat(16)}'))
      trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) })
      context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager())
      await initTelemetry().ready
      const log = getLogger('m')
      const inside = (spanId, fn) => context.with(trace.setSpan(context.active(), spanOf(spanId)), fn)
      await inside('${'c'.repeat(16)}', () =>
        runUnit({ kind: 'task', name: 't', fields: { 'request.id': 'r' } }, async () => {
          await new Promise(setImmediate)
          log.info('in_unit')
          inside('${'d'.repeat(16)}', () => log.info('deeper', getContext()))
        }),
      )
      log.info('started', { started })
    `)
    const ids = lines
      .slice(1)
      .map((line) => [line['event'], line['request.id'], line['span_id'], line['started']])
    expect(ids).toEqual([
      ['in_unit', 'r', 'c'.repeat(16), undefined],
      ['deeper', 'r', 'd'.repeat(16), undefined],
      ['task_completed', 'r', 'c'.repeat(16), undefined],
      ['started', undefined, undefined, 0],
    ])
  })
})
