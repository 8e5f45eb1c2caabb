import { describe, expect, it } from '@jest/globals'
import { type RequestView, type UnitRow } from '../../src/shared/api.js'
import { Store } from '../../src/model/store.js'
import { type AttributesInput, payloadsOf, type RecordInput } from '../support/records.js'

function viewOf(records: readonly RecordInput[]): RequestView {
  const store = new Store()
  for (const payload of payloadsOf(records)) store.add(payload)
  const view = store.view('abc')
  if ('error' in view) throw new Error('there is no abc')
  return view
}

function unitsOf({ rows }: RequestView): UnitRow[] {
  return rows.filter((row) => row.type === 'unit')
}

const id = { 'request.id': 'abc' }
const job = (name: string, attempt = 1): AttributesInput => ({
  ...id,
  'job.id': name,
  'job.name': name,
  'job.queue': 'mails',
  'job.attempt': attempt,
})
const line = (event: string, at: number, attributes: AttributesInput = id): RecordInput => ({
  event: `throughline.${event}`,
  at,
  attributes,
})

describe('jobs', () => {
  it('waited in the queue also in traces of their own, and hang on the job that added them', () => {
    const added = (name: string, trace: number, span: number, parent: number, at: number): RecordInput => ({
      trace,
      span,
      parent,
      name: 'add mails',
      kind: 'producer',
      at,
      ms: 1,
      attributes: { ...id, 'job.id': name, 'messaging.destination.name': 'mails' },
    })
    const attempt = (name: string, trace: number, at: number): RecordInput => ({
      trace,
      span: trace,
      name: 'process mails',
      kind: 'consumer',
      at,
      ms: 10,
      attributes: job(name),
    })
    const view = viewOf([
      { trace: 1, span: 1, name: 'POST', kind: 'server', at: 0, ms: 5, attributes: id },
      added('one', 1, 2, 1, 2),
      attempt('one', 3, 20),
      added('two', 3, 4, 3, 25),
      attempt('two', 5, 40),
    ])
    expect(unitsOf(view)).toMatchObject([
      { name: 'POST', depth: 0 },
      { name: 'one', depth: 1, via: 'id', waited: { from: 3, reason: 'queue' } },
      { name: 'two', depth: 2, via: 'id', waited: { from: 26, reason: 'queue' } },
    ])
  })

  it('have ended when they were put off first, as their lines alone tell', () => {
    const records = [
      line('request_completed', 0),
      line('job_started', 10, job('one')),
      line('job_deferred', 20, job('one')),
    ]
    expect(viewOf(records).row.outcome).toBe('open')
    const ended = [...records, line('job_started', 300, job('one')), line('job_completed', 310, job('one'))]
    expect(viewOf(ended).row.outcome).toBe('ok')
  })
})

describe('tasks', () => {
  it.each([
    ['task_completed', 'ok', false],
    ['task_failed', 'failed', true],
  ])('of which lines alone tell end with %s', (end, outcome, failed) => {
    const view = viewOf([line('rows_read', 5), line(end, 10, { ...id, duration_ms: 10 })])
    expect(view.row).toMatchObject({ outcome, kind: 'out', answerMs: 10 })
    expect(unitsOf(view)).toMatchObject([{ failed, at: 0, end: 10 }])
  })

  it('within a request neither end it nor fail it', () => {
    const records = [line('task_failed', 5), line('request_completed', 10, { ...id, duration_ms: 10 })]
    expect(viewOf(records).row).toMatchObject({ outcome: 'ok', kind: 'http', answerMs: 10 })
  })
})

describe('the context of a request', () => {
  it('has so many keys at most, whatever labels its units have', () => {
    const labelled = Array.from({ length: 30 }, (_, unit): RecordInput => {
      const labels = Array.from({ length: 20 }, (_item, index) => `l${unit}x${index}`)
      const ids = Object.fromEntries(labels.map((label) => [`${label}.id`, 1]))
      const attributes = { ...id, ...ids, labels }
      return { trace: 1, span: unit + 1, name: 'x', kind: 'server', at: unit, ms: 1, attributes }
    })
    const { context } = viewOf(labelled)
    expect(new Set(context.map(({ key }) => key)).size).toBeLessThanOrEqual(100)
  })
})
