import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bindContext, runUnit } from '@throughline/core'
import { captureTelemetry, type TelemetryCapture } from '@throughline/testing'
import '@throughline/testing/jest'
import { failure } from './failure.js'

let telemetry: TelemetryCapture

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  telemetry = captureTelemetry()
})

afterEach(() => telemetry.stop())

/** A request with a task in it that fails. */
function makeSpans(): void {
  runUnit({ kind: 'http', name: 'POST', fields: { 'request.id': 'abc' } }, (unit) => {
    bindContext({ labels: ['draft'] })
    unit.setName('POST /drafts')
    unit.setAttributes({ 'http.response.status_code': 201, card: { set: 'base' } })
    try {
      runUnit({ kind: 'task', name: 'send mail' }, () => {
        throw new TypeError('late')
      })
    } catch {
      // The request goes on.
    }
  })
}

/** What passes: a title, and a call that must not throw. */
const PASSES: [string, () => void][] = [
  ['the name alone', () => expect(telemetry).toHaveSpan('POST /drafts')],
  ['an attribute', () => expect(telemetry).toHaveSpan('POST /drafts', { 'http.response.status_code': 201 })],
  ['a list', () => expect(telemetry).toHaveSpan('POST /drafts', { labels: ['draft'] })],
  ['a nested value', () => expect(telemetry).toHaveSpan('POST /drafts', { card: { set: 'base' } })],
  [
    'kind and status of a success',
    () => expect(telemetry).toHaveSpan('POST /drafts', { kind: 'server', status: 'unset' }),
  ],
  [
    'kind and status of a failure',
    () =>
      expect(telemetry).toHaveSpan('send mail', {
        kind: 'internal',
        status: 'error',
        'error.type': 'TypeError',
      }),
  ],
  [
    'the parent',
    () =>
      expect(telemetry).toHaveSpan('send mail', {
        parent_span_id: telemetry.spans[1]?.spanContext().spanId,
        trace_id: telemetry.spans[1]?.spanContext().traceId,
      }),
  ],
  ['a root', () => expect(telemetry).toHaveSpan('POST /drafts', { parent_span_id: undefined })],
  [
    'asymmetric matchers',
    () =>
      expect(telemetry).toHaveSpan('POST /drafts', {
        'http.response.status_code': expect.any(Number),
        'request.id': expect.stringMatching(/^a/),
        span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      }),
  ],
  ['an absent key', () => expect(telemetry).toHaveSpan('POST /drafts', { 'error.type': undefined })],
  ['not another name', () => expect(telemetry).not.toHaveSpan('POST')],
  ['not another value', () => expect(telemetry).not.toHaveSpan('POST /drafts', { kind: 'client' })],
  [
    'not the attributes of another span',
    () => expect(telemetry).not.toHaveSpan('POST /drafts', { 'error.type': 'TypeError' }),
  ],
]

describe('toHaveSpan', () => {
  it.each(PASSES)('accepts %s', (_title, assert) => {
    makeSpans()
    expect(assert).not.toThrow()
  })

  it('shows where the span of that name differs', () => {
    makeSpans()
    const asked = { kind: 'client', 'http.response.status_code': 200, 'user.id': 7 }
    expect(failure(() => expect(telemetry).toHaveSpan('POST /drafts', asked)))
      .toBe(`expect(telemetry).toHaveSpan(name, attrs)

Expected: "POST /drafts" {"http.response.status_code": 200, "kind": "client", "user.id": 7}

1 span of that name, none with these attributes. Nearest:

  server "POST /drafts" status="unset" request.id="abc" http.response.status_code=201 card="{\\"set\\":\\"base\\"}" labels=["draft"]
    kind: expected "client", got "server"
    http.response.status_code: expected 200, got 201
    user.id: expected 7, got nothing
  internal "send mail" status="error" request.id="abc" labels=["draft"] error.type="TypeError"`)
  })

  it('shows the span with the likest name first', () => {
    for (const name of ['one', 'two', 'three', 'POST /draft', 'four'])
      runUnit({ kind: 'task', name }, () => {})
    expect(failure(() => expect(telemetry).toHaveSpan('POST /drafts'))).toMatch(
      /No span of that name among 5 spans\. Nearest:\n\n {2}internal "POST \/draft" .*\n.*\n.*$/,
    )
  })

  it('says that no span has ended', () => {
    expect(failure(() => expect(telemetry).toHaveSpan('POST'))).toContain('No span has ended.')
  })

  it('shows what matched although it should not', () => {
    makeSpans()
    const text = failure(() => expect(telemetry).not.toHaveSpan('send mail'))
    expect(text).toContain('expect(telemetry).not.toHaveSpan(name, attrs)')
    expect(text).toContain('1 span matched:\n\n  internal "send mail" status="error"')
  })

  it.each([undefined, null, 5, [], { logs: [] }])('says what it wants instead of %p', (received) => {
    const message = failure(() => expect(received).toHaveSpan('POST'))
    expect(message).toContain('THROUGHLINE_NOT_A_CAPTURE: toHaveSpan got')
    expect(message).toContain('captureTelemetry()')
  })
})
