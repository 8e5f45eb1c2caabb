import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { getLogger, runWithContext } from '@throughline/core'
import { captureTelemetry, type TelemetryCapture } from '@throughline/testing'
import '@throughline/testing/jest'
import { failure } from './failure.js'

let telemetry: TelemetryCapture

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  telemetry = captureTelemetry()
})

afterEach(() => telemetry.stop())

/** Lines for the expectations to look at. */
function writeLines(): void {
  const log = getLogger('draft')
  runWithContext({ 'request.id': 'abc', 'user.id': 7, hero: 'context' }, () => {
    log.info('pick_made', { 'hero.id': 41, hero: 'call', card: { set: 'base', tags: ['x'] } })
    log.error('pick_refused', { reason: 'late' })
  })
}

/** What passes: a title, and a call that must not throw. */
const PASSES: [string, () => void][] = [
  ['the event alone', () => expect(telemetry).toHaveLogged('pick_made')],
  ['the event with its domain', () => expect(telemetry).toHaveLogged('draft.pick_made')],
  ['an attribute', () => expect(telemetry).toHaveLogged('pick_made', { 'hero.id': 41 })],
  [
    'attribute and context together',
    () => expect(telemetry).toHaveLogged('pick_made', { 'hero.id': 41, 'request.id': 'abc' }),
  ],
  ['an attribute over a context field', () => expect(telemetry).toHaveLogged('pick_made', { hero: 'call' })],
  [
    'level and logger',
    () => expect(telemetry).toHaveLogged('pick_refused', { level: 'error', logger: 'draft' }),
  ],
  [
    'asymmetric matchers',
    () =>
      expect(telemetry).toHaveLogged('pick_made', {
        'hero.id': expect.any(Number),
        'request.id': expect.stringMatching(/^a/),
      }),
  ],
  [
    'a nested value',
    () => expect(telemetry).toHaveLogged('pick_made', { card: { set: 'base', tags: ['x'] } }),
  ],
  [
    'part of a nested value',
    () => expect(telemetry).toHaveLogged('pick_made', { card: expect.objectContaining({ set: 'base' }) }),
  ],
  ['an absent key', () => expect(telemetry).toHaveLogged('pick_made', { reason: undefined })],
  ['not another event', () => expect(telemetry).not.toHaveLogged('pick')],
  ['not another value', () => expect(telemetry).not.toHaveLogged('pick_made', { 'hero.id': '41' })],
  [
    'not the attributes of another record',
    () => expect(telemetry).not.toHaveLogged('pick_made', { reason: 'late' }),
  ],
]

describe('toHaveLogged', () => {
  it.each(PASSES)('accepts %s', (_title, assert) => {
    writeLines()
    expect(assert).not.toThrow()
  })

  it('shows where the record of that event differs', () => {
    writeLines()
    expect(failure(() => expect(telemetry).toHaveLogged('pick_made', { 'hero.id': 42, reason: 'x' })))
      .toBe(`expect(telemetry).toHaveLogged(event, attrs)

Expected: "pick_made" {"hero.id": 42, "reason": "x"}

1 record of that event, none with these attributes. Nearest:

  info draft.pick_made request.id="abc" user.id=7 hero="call" hero.id=41 card="{\\"set\\":\\"base\\",\\"tags\\":[\\"x\\"]}"
    hero.id: expected 42, got 41
    reason: expected "x", got nothing
  error draft.pick_refused request.id="abc" user.id=7 hero="context" reason="late"`)
  })

  it('shows the record with the likest name first', () => {
    const log = getLogger()
    for (const event of ['one', 'two', 'three', 'pick_mode', 'four']) log.info(event)
    expect(failure(() => expect(telemetry).toHaveLogged('pick_made'))).toMatch(
      /No record of that event among 5 records\. Nearest:\n\n {2}info pick_mode\n.*\n.*$/,
    )
  })

  it('prefers the record of the event that has most of the attributes', () => {
    const log = getLogger()
    log.info('pick', { a: 1, b: 1, c: 1 })
    log.info('pick', { a: 2, b: 2, c: 1 })
    expect(failure(() => expect(telemetry).toHaveLogged('pick', { a: 2, b: 2, c: 2 }))).toContain(
      'Nearest:\n\n  info pick a=2 b=2 c=1\n    c: expected 2, got 1\n',
    )
  })

  it('says that nothing was logged', () => {
    expect(failure(() => expect(telemetry).toHaveLogged('pick_made'))).toContain('Nothing was logged.')
  })

  it('shows what matched although it should not', () => {
    writeLines()
    const text = failure(() => expect(telemetry).not.toHaveLogged('pick_refused'))
    expect(text).toContain('expect(telemetry).not.toHaveLogged(event, attrs)')
    expect(text).toContain('1 record matched:\n\n  error draft.pick_refused')
  })

  it('cuts long values in a failure', () => {
    getLogger().info('big', { text: 'x'.repeat(1_000) })
    expect(failure(() => expect(telemetry).toHaveLogged('other')).length).toBeLessThan(400)
  })

  it.each([undefined, null, 5, [], { logs: 'none' }])('says what it wants instead of %p', (received) => {
    const message = failure(() => expect(received).toHaveLogged('pick_made'))
    expect(message).toContain('THROUGHLINE_NOT_A_CAPTURE')
    expect(message).toContain('captureTelemetry()')
  })
})
