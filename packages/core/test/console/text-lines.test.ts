import { describe, expect, it } from '@jest/globals'
import { Scope } from '../../src/context/scope.js'
import { isoTime } from '../../src/console/iso-time.js'
import { plainLine } from '../../src/console/plain-line.js'
import { createPrettyLine, wantsColour } from '../../src/console/pretty-line.js'
import { AttributeKeys } from '../../src/logger/attribute-keys.js'
import type { Entry } from '../../src/logger/entry.js'
import { LineSource } from '../../src/logger/line-source.js'
import { createRedaction } from '../../src/logger/redaction.js'

const keys = new AttributeKeys(createRedaction(['password']), true)

function entry(attrs: object, given: Partial<Entry> = {}): Entry {
  return {
    time: new Date(2026, 0, 20, 14, 32, 15, 7).getTime(),
    severity: 9,
    source: new LineSource('draft'),
    event: 'pick_made',
    attrs,
    thrown: undefined,
    scope: new Scope({ 'request.id': 'abc-123', labels: ['tournament'] }, undefined, keys),
    trace: undefined,
    baggage: undefined,
    replayed: false,
    ...given,
  }
}

describe('a pretty line', () => {
  const pretty = createPrettyLine(false)

  it('has time, level, event, logger, then the attributes', () => {
    expect(pretty(entry({ 'hero.id': 42, name: 'two words', ok: true, none: null }), keys)).toBe(
      '14:32:15.007 INFO  pick_made [draft] hero.id=42 name="two words" ok=true none=null ' +
        'request.id=abc-123 labels=["tournament"]\n',
    )
  })

  it('stands without a logger and bears the ids of a trace', () => {
    const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
    const trace = { ...ids, traceFlags: 1 }
    expect(
      pretty(entry({}, { source: new LineSource(''), scope: undefined, severity: 21, trace }), keys),
    ).toBe(`14:32:15.007 FATAL pick_made trace_id=${trace.traceId} span_id=${trace.spanId}\n`)
  })

  it('is one line without a control character, whatever is in it', () => {
    const evil = 'a\u001b[31m\n\u009b2J\u007f'
    const line = pretty(entry({ [evil]: evil }, { event: evil, source: new LineSource(evil) }), keys)
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  })

  it('quotes what could be taken for something else', () => {
    const line = pretty(entry({ a: '', b: 'x=y', c: '"', d: 'é', e: '42' }, { scope: undefined }), keys)
    expect(line).toContain(' a="" b="x=y" c="\\"" d=é e=42\n')
  })

  it('is coloured only when asked to', () => {
    expect(createPrettyLine(true)(entry({ n: 1 }), keys)).toContain('\u001b[32mINFO ')
  })
})

describe('wantsColour', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('on a terminal %p with %p: %p', (isTTY, env, colour) => {
    expect(wantsColour(isTTY, env)).toBe(colour)
  })
})

describe('a plain line', () => {
  it('has timestamp, level, logger and event, then the attributes', () => {
    const line = plainLine(entry({ n: 1, password: 'p' }, { time: 0 }), keys)
    expect(line).toBe(
      '1970-01-01T00:00:00.000Z info draft pick_made n=1 password=[REDACTED] request.id=abc-123 labels=["tournament"]\n',
    )
  })

  it('has a dash where there is no logger', () => {
    expect(plainLine(entry({}, { time: 0, source: new LineSource(''), scope: undefined }), keys)).toBe(
      '1970-01-01T00:00:00.000Z info - pick_made\n',
    )
  })
})

describe('isoTime', () => {
  it.each([0, 9, 99, 999, 1_000, 1_768_919_535_007, -1, 253_402_300_799_999])(
    'agrees with Date on %p',
    (time) => {
      expect(isoTime(time)).toBe(new Date(time).toISOString())
      expect(isoTime(time)).toBe(new Date(time).toISOString())
    },
  )
})
