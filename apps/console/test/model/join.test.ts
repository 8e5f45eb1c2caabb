import { describe, expect, it } from '@jest/globals'
import { Store } from '../../src/model/store.js'
import { payloadsOf, type RecordInput } from '../support/records.js'

/** Which of its records, by their names, each group has. */
function groupsOf(...batches: readonly (readonly RecordInput[])[]): Record<string, string[]> {
  const store = new Store()
  for (const batch of batches) for (const payload of payloadsOf(batch)) store.add(payload)
  return Object.fromEntries(
    store.list({}).rows.map(({ key }) => {
      const records = store.export(key)?.records ?? []
      const names = records.map(({ record }) => {
        const { name, eventName } = record as { name?: string; eventName?: string }
        return name ?? eventName ?? ''
      })
      return [key, names.toSorted()]
    }),
  )
}

const id = (requestId: string) => ({ attributes: { 'request.id': requestId } })
const span = (
  name: string,
  trace: number,
  number: number,
  parent?: number,
  requestId?: string,
): RecordInput => ({
  name,
  trace,
  span: number,
  ...(parent === undefined ? {} : { parent }),
  at: number,
  ms: 1,
  ...(requestId === undefined ? {} : id(requestId)),
})
const line = (event: string, trace?: number, number?: number, requestId?: string): RecordInput => ({
  event,
  at: 5,
  ...(trace === undefined ? {} : { trace }),
  ...(number === undefined ? {} : { span: number }),
  ...(requestId === undefined ? {} : id(requestId)),
})
const T1 = `trace:${'1'.padStart(32, '0')}`

describe('joining', () => {
  it('puts records with one request.id together, whatever their traces', () => {
    const records = [
      span('a', 1, 1, undefined, 'r'),
      span('b', 2, 2, undefined, 'r'),
      line('c', 3, 3, 'r'),
      line('d', undefined, undefined, 'r'),
    ]
    expect(groupsOf(records)).toEqual({ r: ['a', 'b', 'c', 'd'] })
  })

  it('gives a record without one that of its nearest ancestor', () => {
    const records = [
      span('root', 1, 1, undefined, 'outer'),
      span('inner', 1, 2, 1, 'inner'),
      span('plain', 1, 3, 2),
      span('deep', 1, 4, 3),
      line('in deep', 1, 4),
      line('in root', 1, 1),
    ]
    expect(groupsOf(records)).toEqual({
      outer: ['in root', 'root'],
      inner: ['deep', 'in deep', 'inner', 'plain'],
    })
  })

  it('finds the same when parents arrive after their children, each on its own', () => {
    const records = [
      line('in deep', 1, 4),
      span('deep', 1, 4, 3),
      span('plain', 1, 3, 2),
      span('inner', 1, 2, 1, 'inner'),
      span('root', 1, 1, undefined, 'outer'),
    ]
    expect(groupsOf(...records.map((record) => [record]))).toEqual({
      inner: ['deep', 'in deep', 'inner', 'plain'],
      outer: ['root'],
    })
  })

  it('gives a record without ancestors the only request.id of its trace', () => {
    expect(groupsOf([span('lost', 1, 5, 99)], [span('root', 1, 1, undefined, 'r')])).toEqual({
      r: ['lost', 'root'],
    })
  })

  it('takes it out again when the trace turns out to have a second one', () => {
    const first = [span('lost', 1, 5, 99), span('one', 1, 1, undefined, 'r1')]
    expect(groupsOf(first)).toEqual({ r1: ['lost', 'one'] })
    expect(groupsOf(first, [span('two', 1, 2, undefined, 'r2')])).toEqual({
      r1: ['one'],
      r2: ['two'],
      [T1]: ['lost'],
    })
  })

  it('keeps a trace without any request.id as a group of its own', () => {
    expect(groupsOf([span('b', 1, 2, 1), span('a', 1, 1), line('c', 1, 2)])).toEqual({
      [T1]: ['a', 'b', 'c'],
    })
  })

  it('keeps the many requests of one socket apart', () => {
    const messages = Array.from({ length: 20 }, (_, i) => span(`message ${i}`, 1, i + 2, 1, `r${i}`))
    const groups = groupsOf([span('upgrade', 1, 1, undefined, 'socket'), ...messages])
    expect(Object.keys(groups)).toHaveLength(21)
    expect(groups['r7']).toEqual(['message 7'])
  })

  it('puts lines outside of traces and requests to their process', () => {
    const records: RecordInput[] = [
      { event: 'started', at: 0, service: 'api' },
      { event: 'ready', at: 1, service: 'api' },
      { event: 'started', at: 0, service: 'worker' },
    ]
    expect(groupsOf(records)).toEqual({
      'service:api:api-1': ['ready', 'started'],
      'service:worker:worker-1': ['started'],
    })
  })

  it("survives spans that are their own or each other's ancestors", () => {
    expect(
      groupsOf([span('self', 1, 1, 1), span('a', 1, 2, 3), span('b', 1, 3, 2), line('c', 1, 2)]),
    ).toEqual({
      [T1]: ['a', 'b', 'c', 'self'],
    })
  })

  it('takes a span that is sent twice once', () => {
    expect(groupsOf([span('a', 1, 1)], [span('a', 1, 1)])).toEqual({ [T1]: ['a'] })
  })

  it('has no trouble with ids that mean something to JavaScript, or look like keys of other groups', () => {
    const ids = ['__proto__', 'constructor', 'toString', T1, 'service:api:api-1', '\u{1F600}', '<script>']
    const groups = groupsOf(ids.map((requestId, i) => line(`e${i}`, undefined, undefined, requestId)))
    expect(Object.values(groups).flat().toSorted()).toEqual(ids.map((_, i) => `e${i}`))
    expect(groups[`request:${T1}`]).toEqual(['e3'])
  })
})
