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
})
