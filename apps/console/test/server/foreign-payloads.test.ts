import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type Console, startConsole } from '../../src/index.js'
import type { EventList, RawRecord, RequestList, RequestView } from '../../src/shared/api.js'
import { call, type Reply } from '../support/call.js'
import { atEnd, endAfterEach } from '../support/test-server.js'

endAfterEach()

/** The examples of opentelemetry-proto (Apache-2.0), as they are published. */
function example(name: string): string {
  return readFileSync(new URL(`../fixtures/opentelemetry-proto/${name}.json`, import.meta.url), 'utf8')
}

async function started(): Promise<{
  send(signal: string, body: string): Promise<Reply>
  get<T>(path: string): Promise<T>
}> {
  const running: Console = await startConsole({ port: 0 })
  atEnd(() => running.close())
  const port = Number(new URL(running.url).port)
  return {
    send: (signal, body) =>
      call(port, {
        method: 'POST',
        path: `/v1/${signal}`,
        headers: { 'content-type': 'application/json' },
        body,
      }),
    get: async <T>(path: string) => JSON.parse((await call(port, { path })).text) as T,
  }
}

const TAKEN = { status: 200, text: '{}' }

describe('the examples of opentelemetry-proto', () => {
  it.each([
    ['trace', 'traces'],
    ['logs', 'logs'],
    ['metrics', 'metrics'],
    ['events', 'logs'],
  ])('%s.json is taken whole', async (name, signal) => {
    const { send } = await started()
    expect(await send(signal, example(name))).toMatchObject(TAKEN)
  })

  it('are one trace and its events on the pages', async () => {
    const { send, get } = await started()
    await send('traces', example('trace'))
    await send('logs', example('logs'))
    await send('logs', example('events'))
    const { rows } = await get<RequestList>('/api/requests')
    const traced = rows.find(({ spans }) => spans === 1)
    expect(traced).toMatchObject({
      name: "I'm a server span",
      kind: 'http',
      outcome: 'ok',
      services: ['my.service'],
    })
    const view = await get<RequestView>(`/api/requests/${encodeURIComponent(traced?.key ?? '')}`)
    expect(view.rows.map((row) => row.type)).toContain('unit')
    const events = await get<EventList>('/api/events')
    expect(events.rows.map(({ event }) => event)).toContain('browser.page_view')
  })
})

describe('a payload of a later version of OTLP', () => {
  it('is taken with its unknown fields, and new numbers of enums stay what they are', async () => {
    const { send, get } = await started()
    const span = {
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      name: 'of a kind to come',
      kind: 99,
      startTimeUnixNano: '1544712660000000000',
      endTimeUnixNano: '1544712661000000000',
      mood: { cheerful: true },
      status: { code: 7, colour: 'green' },
      attributes: [{ key: 'request.id', value: { stringValue: 'later' } }],
    }
    const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }], next: 1 }
    expect(await send('traces', JSON.stringify(body))).toMatchObject(TAKEN)

    const view = await get<RequestView>('/api/requests/later')
    const seq = view.rows.find((row) => row.seq !== undefined)?.seq
    const raw = await get<RawRecord>(`/api/records/${String(seq)}`)
    expect(raw.record).toMatchObject({ name: 'of a kind to come', kind: 99, status: { code: 7 } })
  })
})
