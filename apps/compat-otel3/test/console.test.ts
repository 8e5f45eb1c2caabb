import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Console, startConsole } from '@throughline/console'
import { runChild } from './child.js'
import { describeOnOtel3 } from './supported-node.js'

/** An application that has OpenTelemetry 3 alone. */
const THEIRS = `
  import { logs, SpanKind, trace } from '@opentelemetry/api'
  import { registerContext, registerLogs, registerTraces, stop } from './their-set-up.mjs'
  registerTraces()
  registerContext()
  registerLogs()
  const attributes = { 'request.id': 'theirs', 'http.response.status_code': 201 }
  trace.getTracer('t').startActiveSpan('POST /orders', { kind: SpanKind.SERVER, attributes }, (span) => {
    logs.getLogger('t').emit({ eventName: 'order.placed', severityNumber: 9, attributes: { 'order.id': 7 } })
    span.end()
  })
  await stop()`

describeOnOtel3('the console', () => {
  let viewer: Console
  beforeAll(async () => {
    viewer = await startConsole({ port: 0 })
  })
  afterAll(() => viewer.close())

  it('shows a request of an application on OpenTelemetry 3', async () => {
    const { code, stderr } = await runChild(viewer.endpoint, 'one copy of the API', THEIRS)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })

    const view = viewer.store.view('theirs')
    if ('error' in view) throw new Error('it has not arrived')
    expect(view.row).toMatchObject({
      name: 'POST /orders',
      outcome: 'ok',
      statusCode: 201,
      services: ['theirs'],
      lines: 1,
      spans: 1,
    })
    expect(view.rows).toMatchObject([
      { type: 'unit', depth: 0, kind: 'http' },
      { type: 'line', depth: 1, event: 'order.placed' },
    ])
  })
})
