import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { SpanTree } from '@throughline/otlp'
import { Capture } from './capture.js'
import { Client } from './client.js'
import { OPTIONS, PATH, PATTERN } from './draft.js'
import { otherSpan, Tracing, upgradeSpan } from './tracing.js'
import { type Running, WAYS_IN } from './ways-in.js'

/** A way in knows the route where the server takes one path alone. */
function routeOf(name: string): string | undefined {
  if (name.startsWith('instrument')) return undefined
  return name.startsWith('TelemetryWsAdapter') ? PATTERN : PATH
}

describe.each(WAYS_IN)('the spans of %s', (name, start) => {
  const route = routeOf(name)
  const told = route ?? 'websocket'
  // Under Nest's own adapter a message ends when it was handed over, before its handler runs.
  const login: SpanTree['attributes'] = name.startsWith('WithTelemetry') ? {} : { 'login.method': 'token' }
  let capture: Capture
  let tracing: Tracing
  let running: Running
  let client: Client

  /** A connection with two messages, from the upgrade to the close. */
  async function converse(options: {
    messageSpans?: boolean
  }): Promise<Record<string, string | number | string[]>> {
    Object.assign(OPTIONS, { messageSpans: options.messageSpans === true })
    running = await start()
    capture = new Capture()
    client = await Client.open(`ws://127.0.0.1:${running.port}${PATH}?token=secret`, {
      headers: { 'x-request-id': 'upgrade-1' },
    })
    await client.next()
    await client.ask('pick', 7)
    await client.ask('login', 42)
    await client.close()
    await capture.until('ws_disconnected')
    return {
      'request.id': 'upgrade-1',
      'ws.conn_id': String(capture.lines[0]?.context['ws.conn_id']),
      labels: ['tournament', 'draft'],
      'tournament.id': 5,
    }
  }

  beforeEach(async () => {
    tracing = await Tracing.start()
  })

  afterEach(async () => {
    delete OPTIONS.messageSpans
    await running.stop()
    capture.stop()
    await tracing.stop()
  })

  it('are one for the upgrade, whose ids are on every line of the connection', async () => {
    const context = await converse({})

    expect(await tracing.trees()).toEqual([upgradeSpan(route, PATH, context)])
    const [span] = await tracing.spans()
    const ids = { traceId: span?.traceId, spanId: span?.spanId, traceFlags: 1 }
    const own = capture.traces.filter((_, at) => capture.lines[at]?.logger !== undefined)
    expect(own).toEqual(own.map(() => ids))
  })

  it('are one for each message in a trace of its own, linked to the upgrade, where that is asked for', async () => {
    const context = await converse({ messageSpans: true })
    const upgrade = upgradeSpan(route, PATH, context)
    const links = [{ span: upgrade.name, attributes: {} }]
    const sent = (size: number): SpanTree =>
      otherSpan(
        `send ${told}`,
        'PRODUCER',
        {
          'request.id': 'upgrade-1',
          'ws.conn_id': context['ws.conn_id'] as string,
          'ws.message.type': 'text',
          'ws.message.size': size,
        },
        { links },
      )
    const received = (text: string, answer: string, further: SpanTree['attributes'] = {}): SpanTree =>
      otherSpan(
        `receive ${told}`,
        'CONSUMER',
        { ...context, 'ws.message.type': 'text', 'ws.message.size': text.length, ...further },
        { links, children: [sent(answer.length)] },
      )

    expect(await tracing.trees()).toEqual([
      { ...upgrade, children: [sent('hello'.length)] },
      received('{"event":"pick","data":7}', '{"event":"picked","data":7}'),
      received('{"event":"login","data":42}', '{"event":"welcome","data":42}', login),
    ])
    expect(new Set((await tracing.spans()).map(({ traceId }) => traceId)).size).toBe(3)
  })
})
