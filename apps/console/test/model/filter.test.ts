import { describe, expect, it } from '@jest/globals'
import { Store } from '../../src/model/store.js'
import { payloadsOf, type RecordInput } from '../support/records.js'
import { retriedRequest } from '../support/scenarios.js'

const slow: RecordInput = {
  trace: 9,
  span: 9,
  name: 'GET',
  kind: 'server',
  at: 100,
  ms: 900,
  service: 'web',
  error: {
    type: 'E',
    message: 'Out of luck',
  },
  attributes: {
    'request.id': 'def',
    'http.request.method': 'GET',
    'http.route': '/slow',
    'http.response.status_code': 503,
    'user.id': 77,
    'http.request.body.size': 12,
  },
}
const plain: RecordInput = {
  at: 200,
  event: 'x.seen',
  body: 'A Text with spaces',
  attributes: { 'request.id': 'ghi', labels: ['league'] },
}

const store = new Store()
for (const payload of payloadsOf([...retriedRequest, slow, plain])) store.add(payload)

describe('the filter', () => {
  it.each([
    ['', ['ghi', 'def', 'abc']],
    ['abc', ['abc']],
    ['request:DEF', ['def']],
    ['user:7', ['abc']],
    ['label:draft', ['abc']],
    ['label:"draft 12"', ['abc']],
    ['level:error', ['abc']],
    ['level:info', ['ghi', 'abc']],
    ['event:job_failed', ['abc']],
    ['event:throughline.job_failed', ['abc']],
    ['service:we', ['def']],
    ['status:5xx', ['def']],
    ['status:202', ['abc']],
    ['is:failed', ['def']],
    ['is:retried', ['abc']],
    ['is:slow', ['def']],
    ['http.request.body.size:12', ['def']],
    ['service.instance.id:web-1', ['def']],
    ['"text with"', ['ghi']],
    ['LUCK', ['def']],
    ['-is:failed -level:error', ['ghi']],
    ['00000000000000000000000000000009', ['def']],
    ['0000000000000004', ['abc']],
    ['http://nowhere', []],
  ])('%s finds %j', (q, keys) => {
    const { rows, problems } = store.list({ q })
    expect([rows.map(({ key }) => key), problems]).toEqual([keys, []])
  })

  it('says which term finds nothing', () => {
    expect(store.list({ q: 'user:7 is:failed' })).toMatchObject({ rows: [], emptyBecause: 'user:7' })
    expect(store.list({ q: 'abc user:8' }).emptyBecause).toBe('user:8')
  })

  it('says what it did not understand, and lists the keys', () => {
    const { rows, problems } = store.list({ q: 'foo:1 level:loud status:abc is:nice user: abc' })
    expect(rows.map(({ key }) => key)).toEqual(['abc'])
    expect(problems).toEqual([
      'There is no "foo:". There are request, user, label, level, event, service, status, is, and attributes by their whole name, such as job.id:7.',
      'There is no level "loud": trace, debug, info, warn, error, fatal.',
      '"abc" is no status: 404, 5xx.',
      'There is no "is:nice": failed, retried, slow, open, ok.',
      '"user:" lacks a value.',
    ])
  })

  it('counts what matches whatever the state, and pages through it', () => {
    const counts = { all: 3, failed: 1, retried: 1, slow: 1 }
    const first = store.list({ limit: 2 })
    expect(first).toMatchObject({ counts, slowMs: 500, rows: [{ key: 'ghi' }, { key: 'def' }] })
    const second = store.list({ limit: 2, before: first.next ?? '' })
    expect([second.rows.map(({ key }) => key), second.next]).toEqual([['abc'], undefined])
    expect(store.list({ state: 'failed' })).toMatchObject({ counts, rows: [{ key: 'def' }] })
  })
})
