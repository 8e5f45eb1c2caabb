import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Store } from '../../src/model/store.js'
import { payloadsOf, type RecordInput } from '../support/records.js'
import { linesOnly, retriedRequest } from '../support/scenarios.js'

const foreign: readonly RecordInput[] = [
  { trace: 2, span: 21, name: 'GET /x', kind: 'server', at: 0, ms: 9 },
  { trace: 2, span: 22, parent: 21, name: 'inner', at: 1, ms: 7 },
  { trace: 2, span: 23, parent: 22, name: 'select', kind: 'client', at: 2, ms: 2 },
  { trace: 2, span: 24, parent: 99, name: 'lost', kind: 'client', at: 3, ms: 2 },
  { trace: 2, span: 22, event: 'x.done', at: 4 },
]

const socket: readonly RecordInput[] = [
  {
    trace: 3,
    span: 31,
    name: 'GET /ws',
    kind: 'server',
    at: 0,
    ms: 1,
    attributes: { 'request.id': 'socket', 'ws.conn_id': 'c9' },
  },
  ...[1, 2, 3].flatMap((n): RecordInput[] => [
    {
      trace: 3,
      span: `4${n}`,
      parent: 31,
      name: 'receive /ws',
      kind: 'consumer',
      at: n * 10,
      ms: 2,
      attributes: { 'request.id': `m${n}`, 'ws.message.type': 'text' },
    },
    { trace: 3, span: `5${n}`, parent: `4${n}`, name: 'select', kind: 'client', at: n * 10, ms: 1 },
    { trace: 3, span: `6${n}`, event: 'x.orphan', at: n * 10 },
  ]),
]

const cycle: readonly RecordInput[] = [
  { trace: 4, span: 71, parent: 72, name: 'a', at: 0, ms: 1 },
  { trace: 4, span: 72, parent: 71, name: 'b', at: 0, ms: 1 },
  { trace: 4, span: 73, parent: 74, name: 'c', kind: 'server', at: 1, ms: 1 },
  { trace: 4, span: 74, parent: 73, name: 'd', kind: 'server', at: 1, ms: 1 },
]

/** All views, without what counts arrivals. */
function viewsOf(batches: readonly (readonly RecordInput[])[]): unknown {
  const store = new Store()
  for (const batch of batches) for (const payload of payloadsOf(batch)) store.add(payload)
  const { rows, counts } = store.list({ limit: 1000 })
  const views = rows.map(({ key }) => store.view(key))
  const text = JSON.stringify({ views, counts, events: store.events(0) }, (key, value: unknown) =>
    key === 'seq' || key === 'version' ? 0 : value,
  )
  return JSON.parse(text)
}

describe('a store', () => {
  const scenarios = {
    retriedRequest,
    linesOnly,
    foreign,
    socket,
    cycle,
    all: [...retriedRequest, ...foreign, ...socket, ...cycle],
  }

  it.each(Object.entries(scenarios))('shows the same however the records of %s arrive', (_, records) => {
    const expected = viewsOf([records])
    const shuffled = fc.shuffledSubarray([...records], {
      minLength: records.length,
      maxLength: records.length,
    })
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(shuffled, sizes, (order, cuts) => {
        expect(viewsOf(batchesOf(order, cuts))).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})

function batchesOf(records: readonly RecordInput[], sizes: readonly number[]): RecordInput[][] {
  const batches: RecordInput[][] = []
  let from = 0
  for (let index = 0; from < records.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1
    batches.push(records.slice(from, from + size))
    from += size
  }
  return batches
}
