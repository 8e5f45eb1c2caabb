import { beforeAll, describe, expect, it } from '@jest/globals'
import { type ProgramRun, runProgram } from './program.js'

interface Arrived {
  readonly context?: string
  readonly traceparent?: string
  /** How many headers of that name there were. */
  readonly contexts: number
  readonly own?: readonly string[]
}

const SENT = { context: 'request.id="r1"', contexts: 1 }
const OWN = { context: 'request.id="mine"', contexts: 1 }
const NONE = { contexts: 0 }

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

describe.each([
  ['started with --import', true],
  ['started by the program', false],
])('outgoing requests, %s', (_kind, register) => {
  let run: ProgramRun<Record<string, Arrived>>

  beforeAll(async () => {
    run = await runProgram('outgoing.mjs', { register })
  }, 60_000)

  it.each([
    ['fetch', SENT],
    ['fetch-six', SENT],
    ['undici', SENT],
    ['get', SENT],
    ['get-six', SENT],
    ['fetch-stranger', NONE],
    ['get-stranger', NONE],
    ['spoofed', NONE],
    ['list', NONE],
    ['fetch-own', OWN],
    ['undici-own', OWN],
    ['get-own', OWN],
    ['no-unit', NONE],
  ])(
    'send the context to the hosts named for it, and never over one of the application: %s',
    (path, expected) => {
      const { context, contexts } = run.message[path] ?? {}
      expect({ context, contexts }).toEqual({ context: undefined, ...expected })
    },
  )

  it.each([
    ['fetch-redirected (1)', SENT],
    ['fetch-redirected', NONE],
    ['fetch-returned (1)', NONE],
    ['fetch-returned', SENT],
    ['undici-redirected (1)', SENT],
    ['undici-redirected', NONE],
  ])('decide anew where they are redirected: %s', (path, expected) => {
    const { context, contexts } = run.message[path] ?? {}
    expect({ context, contexts }).toEqual({ context: undefined, ...expected })
  })

  it('send the trace everywhere, by the id of their own span', () => {
    const clients = run.spans.filter(({ kind }) => kind === 'CLIENT')
    const sent = Object.values(run.message).flatMap(({ traceparent }) =>
      traceparent?.endsWith('-01') === true ? [traceparent] : [],
    )
    expect(sent.toSorted(byText)).toEqual(
      clients.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`).toSorted(byText),
    )
    expect(sent).toHaveLength(Object.keys(run.message).length - 3)
    expect(run.message).toMatchObject({ list: {}, 'untraced-fetch': {}, 'untraced-get': {} })
  })

  it('make no spans below a unit that makes none, and send its trace with the flags 00', () => {
    for (const path of ['untraced-fetch', 'untraced-get']) {
      expect(run.message[path]?.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/)
    }
  })

  it('with a list of headers go out as they are', () => {
    expect(run.message['list']).toEqual({ contexts: 0, own: ['1', '2'] })
  })

  it('of the export make no spans and bear no trace', () => {
    expect(run.exports.length).toBeGreaterThan(0)
    for (const headers of run.exports) {
      expect(headers).not.toHaveProperty('traceparent')
      expect(headers).not.toHaveProperty('telemetry-context')
    }
    expect(JSON.stringify(run.trees)).not.toContain('/v1/traces')
  })
})
