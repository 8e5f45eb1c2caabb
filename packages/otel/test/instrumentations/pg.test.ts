import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Service, startPostgres } from '@throughline/services'
import { type ProgramRun, runProgram } from './program.js'

const TIMEOUT_MS = 60_000
const OWN = 'select query from pg_stat_activity where pid = pg_backend_pid()'

interface Results {
  readonly outside: string
  readonly text: string
  readonly object: string
  readonly values: string
  readonly commented: string
  readonly named: string
  readonly untraced: string
  readonly [name: string]: unknown
}

let postgres: Service
let run: ProgramRun<Results>
let plain: ProgramRun<Results>

beforeAll(async () => {
  postgres = await startPostgres({ url: process.env['DATABASE_URL'] })
  run = await runProgram('pg.mjs', { env: { DATABASE_URL: postgres.url } })
  plain = await runProgram('pg.mjs', {
    env: { DATABASE_URL: postgres.url, OTEL_SQLCOMMENTER_ENABLED: ' No ' },
  })
}, TIMEOUT_MS)

afterAll(() => postgres.stop())

/** The query spans below the unit of that name. */
function queriesOf(unit: string): readonly { name: string; attributes: Readonly<Record<string, unknown>> }[] {
  return run.trees.find(({ name }) => name === unit)?.children ?? []
}

/** The comment that a statement of the unit bears on the server. */
function comment(unit: string): string {
  const [span] = run.spans.filter(
    ({ parentSpanId }) => parentSpanId === run.spans.find(({ name }) => name === unit)?.spanId,
  )
  return ` /*traceparent='00-${span?.traceId}-${span?.spanId}-01'*/`
}

describe('the statement as the server sees it', () => {
  it('bears the trace as a comment, as a text, in an object and with values', () => {
    expect(run.message.text).toBe(OWN + comment('text'))
    expect(run.message.object).toBe(OWN + comment('object'))
    expect(run.message.values).toBe(`${OWN} and 1 = $1${comment('values')}`)
  })

  it('is left as it is where it has a comment or a name, and outside any unit', () => {
    expect(run.message.commented).toBe(`${OWN} /* mine */`)
    expect(run.message.named).toBe(OWN)
    expect(run.message.outside).toBe(OWN)
  })

  it('bears the flags 00 below a unit that makes no spans', () => {
    expect(run.message.untraced).toMatch(
      new RegExp(
        String.raw`^${OWN.replace(/[()]/g, String.raw`\$&`)} /\*traceparent='00-[\da-f]{32}-[\da-f]{16}-00'\*/$`,
      ),
    )
    expect(run.trees.map(({ name }) => name)).not.toContain('untraced')
  })

  it('has no comment with OTEL_SQLCOMMENTER_ENABLED=no, and its span all the same', () => {
    const { text, object, values, untraced } = plain.message
    expect({ text, object, values, untraced }).toEqual({
      text: OWN,
      object: OWN,
      values: `${OWN} and 1 = $1`,
      untraced: OWN,
    })
    expect(plain.trees.find(({ name }) => name === 'text')?.children).toHaveLength(1)
  })
})

describe('queries', () => {
  it('have spans with the statement as it was written, without values', () => {
    expect(queriesOf('values')).toMatchObject([{ attributes: { 'db.query.text': `${OWN} and 1 = $1` } }])
    expect(queriesOf('built')).toMatchObject([
      { attributes: { 'db.query.text': 'select $1::int + 1 as sum' } },
    ])
    expect(JSON.stringify(run.trees)).not.toContain('123456789')
  })

  it('keep what a builder has on its prototype', () => {
    expect(run.message['built']).toEqual([{ sum: 123_456_790 }])
  })

  it('are not written into', () => {
    expect(run.message['reused']).toEqual({
      calls: 2,
      keys: ['name', 'text', 'callback'],
      sameCallback: true,
    })
    expect(queriesOf('reused')).toHaveLength(3)
  })

  it('that submit themselves work, without a span', () => {
    expect(run.message['cursor']).toEqual([1, 2, 3, 4, 5])
    expect(run.message['submitted']).toEqual([1, 2, 3])
    expect([...queriesOf('cursor'), ...queriesOf('submitted')]).toEqual([])
  })

  it('fail with the error of the driver, and a span with the status ERROR', () => {
    expect(run.message['failed']).toEqual({ code: '22012', isDatabaseError: true })
    expect(queriesOf('failed')).toMatchObject([{ status: { code: 'ERROR' } }])
  })

  it('look as the driver made them', () => {
    expect(run.message['signature']).toEqual({ name: 'query', length: 3 })
  })
})
