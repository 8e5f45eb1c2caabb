import { describe, expect, it } from '@jest/globals'
import { Store } from '../../src/model/store.js'
import { payloadsOf, type RecordInput } from '../support/records.js'

const id = { 'request.id': 'abc' }

function rowOf(records: readonly RecordInput[]): object | undefined {
  const store = new Store()
  for (const payload of payloadsOf(records)) store.add(payload)
  const [row] = store.list({}).rows
  if (row === undefined) return undefined
  const { name, kind, outcome, statusCode, answerMs, failure } = row
  return { name, kind, outcome, statusCode, answerMs, failure }
}

const call: RecordInput = { trace: 1, span: 1, name: 'GET', kind: 'client', at: 0, ms: 12, attributes: id }

describe('a request whose caller is traced as well', () => {
  it.each([
    [200, 'ok'],
    [500, 'failed'],
  ])('is called by what was called, which answered with %d', (statusCode, outcome) => {
    const attributes = { ...id, 'http.response.status_code': statusCode }
    const served: RecordInput = {
      trace: 1,
      span: 2,
      parent: 1,
      name: 'GET /heroes/{id}',
      kind: 'server',
      at: 2,
      ms: 8,
      service: 'api',
      attributes,
    }
    expect(rowOf([call, served])).toEqual({
      name: 'GET /heroes/{id}',
      kind: 'http',
      outcome,
      statusCode,
      answerMs: 8,
      failure: undefined,
    })
  })

  it('keeps the name of the call where nothing is known of what was called', () => {
    expect(rowOf([call])).toMatchObject({ name: 'GET', kind: 'out', outcome: 'ok' })
  })
})
