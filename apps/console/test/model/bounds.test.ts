import { describe, expect, it } from '@jest/globals'
import { type Journal, type JournalEntry } from '../../src/model/journal.js'
import { Store } from '../../src/model/store.js'
import {
  decoded,
  keyValues,
  nanos,
  payloadsOf,
  type RecordInput,
  resourceOf,
  spanId,
  traceId,
} from '../support/records.js'
import { retriedRequest } from '../support/scenarios.js'

const lines = (id: string, count: number, more: Partial<RecordInput> = {}): RecordInput[] =>
  Array.from({ length: count }, (_, at): RecordInput => ({
    at,
    event: 'x.done',
    attributes: { 'request.id': id, n: at },
    ...more,
  }))

function storeWith(
  limits: { records?: number; bytes?: number },
  ...batches: readonly (readonly RecordInput[])[]
): Store {
  const store = new Store({ limits })
  for (const batch of batches) for (const payload of payloadsOf(batch)) store.add(payload)
  return store
}

describe('the bounds of a store', () => {
  it('lets the oldest whole request go when there are too many records', () => {
    const store = storeWith(
      { records: 10 },
      lines('a', 4),
      lines('b', 4),
      lines('a', 1, { event: 'x.again' }),
      lines('c', 4),
    )
    expect(store.list({}).rows.map(({ key, lines: count }) => [key, count])).toEqual([
      ['a', 5],
      ['c', 4],
    ])
    expect(store.view('b')).toEqual({ error: 'unknown', evicted: true })
    expect(store.view('never')).toEqual({ error: 'unknown', evicted: false })
    expect(store.summary()).toMatchObject({
      records: 9,
      evicted: { requests: 1, records: 4, since: expect.any(Number) },
      received: { logs: 13, spans: 0, points: 0 },
    })
    expect(store.events(0).rows.map(({ event, count }) => [event, count])).toEqual([
      ['x.done', 8],
      ['x.again', 1],
    ])
  })

  it('lets it go when there are too many bytes', () => {
    const store = storeWith({ bytes: 40_000 }, ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => lines(id, 10)))
    const { bytes, evicted } = store.summary()
    expect(bytes).toBeLessThanOrEqual(40_000)
    expect(evicted.records).toBe(evicted.requests * 10)
    expect(store.list({}).rows[0]?.lines).toBe(10)
  })

  it('counts what each request takes beside its records', () => {
    const one = storeWith({}, lines('a', 10)).summary().bytes
    const many = storeWith({}, ...Array.from({ length: 10 }, (_, at) => lines(`r${at}`, 1))).summary().bytes
    expect(many - one).toBeGreaterThan(9 * 1500)
  })

  it('takes the oldest records of a request that would fill the store alone, and says so', () => {
    const store = storeWith({ records: 100 }, lines('small', 5), lines('large', 200))
    const view = store.view('large')
    expect(view).toMatchObject({ row: { key: 'large' }, lost: 200 - (store.summary().records - 5) })
    expect(store.view('small')).toMatchObject({ row: { lines: 5 } })
  })

  it('counts a record once when it moves to another group', () => {
    const orphan: RecordInput = { trace: 1, span: 2, parent: 1, name: 'child', at: 0, ms: 1 }
    const root: RecordInput = {
      trace: 1,
      span: 1,
      name: 'root',
      at: 0,
      ms: 1,
      attributes: { 'request.id': 'r' },
    }
    const store = storeWith({ records: 10 }, [orphan])
    const before = store.changesSince(0, 10)
    expect(before.requests.map(({ key }) => key)).toEqual([`trace:${traceId(1)}`])
    for (const payload of payloadsOf([root])) store.add(payload)
    const after = store.changesSince(before.version, 10)
    expect([after.requests.map(({ key }) => key), after.gone]).toEqual([['r'], [`trace:${traceId(1)}`]])
    for (const payload of payloadsOf(lines('s', 5))) store.add(payload)
    for (const payload of payloadsOf(lines('t', 5))) store.add(payload)
    expect(store.summary()).toMatchObject({ records: 10, evicted: { requests: 1, records: 2 } })
  })

  it('holds many services, events and requests', () => {
    const many = Array.from({ length: 6000 }, (_, i): RecordInput => ({
      at: i,
      event: `e.${i}`,
      service: `s${i}`,
      attributes: { 'request.id': `r${i}` },
    }))
    const store = storeWith({}, many)
    expect(store.summary().services).toHaveLength(1001)
    expect(store.events(0).rows).toHaveLength(5001)
    expect(store.list({}).counts.all).toBe(6000)
  })

  it('refuses a record that is out of bounds, and takes the others', () => {
    const deep = (levels: number): object =>
      levels === 0 ? {} : { arrayValue: { values: [deep(levels - 1)] } }
    const record = (attributes: object[]) => ({
      timeUnixNano: nanos(0),
      body: { stringValue: 'b' },
      attributes,
    })
    const many = Array.from({ length: 10_000 }, (_, i) => ({ key: `k${i}`, value: { stringValue: '' } }))
    const logRecords = [
      record(many),
      record([{ key: 'd', value: deep(200) }]),
      record(keyValues({ 'request.id': 'r' })),
    ]
    const body = { resourceLogs: [{ resource: resourceOf('a'), scopeLogs: [{ logRecords }] }] }
    const store = new Store()
    expect(store.add(decoded('logs', body))).toEqual({
      rejected: 2,
      reason: 'a record has more than 1024 attributes',
    })
    expect(store.list({}).rows.map(({ key }) => key)).toEqual(['r'])
    expect(store.summary()).toMatchObject({ records: 1, rejected: 2 })
  })

  it('shows hostile names as they are, under keys that can be part of an address', () => {
    const attributes = JSON.parse('{"__proto__":"p","constructor":"c","<script>":"<b>"}') as Record<
      string,
      string
    >
    const ids = [`${'y'.repeat(255)}\u{1F600}`, 'x'.repeat(5000), '__proto__']
    const store = storeWith(
      {},
      ids.map((id, at) => ({ at, event: '<img>', attributes: { ...attributes, 'request.id': id } })),
    )
    const keys = store.list({}).rows.map(({ key }) => key)
    expect(keys.map((key) => encodeURIComponent(key).length)).toEqual([9, 256, 264])
    const view = store.view('__proto__')
    expect('error' in view ? undefined : JSON.stringify(view.rows[1]?.attributes)).toBe(
      '{"__proto__":"p","constructor":"c","<script>":"<b>"}',
    )
  })

  it('takes times that make no sense', () => {
    const span = {
      traceId: traceId(1),
      spanId: spanId(1),
      name: 's',
      attributes: keyValues({ 'request.id': 'r' }),
    }
    const spans = [
      { ...span, startTimeUnixNano: nanos(9), endTimeUnixNano: nanos(1) },
      { ...span, spanId: spanId(2) },
    ]
    const store = new Store()
    store.add(decoded('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] }))
    store.add(
      decoded('logs', {
        resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes: keyValues({ 'request.id': 'r' }) }] }] }],
      }),
    )
    const [row] = store.list({}).rows
    expect(row).toMatchObject({ key: 'r', spans: 2, lines: 1, services: ['unknown_service'] })
  })
})

describe('a journal', () => {
  it('brings a store back as it was', () => {
    const kept = new Map<number, JournalEntry>()
    const journal: Journal = {
      load: () => [...kept.values()],
      append: (entries) => entries.forEach((entry) => kept.set(entry.seq, entry)),
      remove: (seqs) => seqs.forEach((seq) => kept.delete(seq)),
      close: () => undefined,
    }
    const first = new Store({ journal, limits: { records: 30 } })
    for (const batch of [lines('old', 10), lines('older', 10), retriedRequest])
      for (const payload of payloadsOf(batch)) first.add(payload)
    expect(kept.size).toBe(first.summary().records)
    const second = new Store({ journal, limits: { records: 30 } })
    const known = (store: Store) => ({
      ...store.view('abc'),
      row: { ...store.list({ q: 'abc' }).rows[0], version: 0 },
    })
    expect(known(second)).toEqual(known(first))
    expect(second.raw(25)).toEqual(first.raw(25))
    for (const payload of payloadsOf(lines('new', 1))) second.add(payload)
    expect(Math.max(...kept.keys())).toBe(34)
  })
})
