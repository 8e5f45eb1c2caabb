import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bindContext, runWithContext } from '../../src/context/context.js'
import { getLogger } from '../../src/logger/logger.js'
import type { LogRecord } from '../../src/logger/log-record.js'
import { runUnit } from '../../src/unit/run-unit.js'
import type { Unit } from '../../src/unit/unit.js'
import type { LogOptions } from '../../src/telemetry/log-options.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

function open(recorder?: LogOptions['recorder'], env: NodeJS.ProcessEnv = {}): void {
  harness?.close()
  harness = openRuntime({ LOG_LEVEL: 'error', ...env }, { log: { recorder } })
}

beforeEach(() => open())

afterEach(() => harness.close())

function openUnit(fields = {}): Unit {
  return runUnit({ kind: 'http', name: 'GET', fields, manualEnd: true }, (unit) => unit)
}

/** The unit fails; returns the lines before its failure line. */
function replayed(unit: Unit): Record<string, unknown>[] {
  unit.end({ outcome: 'error', attributes: { 'http.response.status_code': 500 } })
  const lines = harness.lines()
  expect(lines.at(-1)).toMatchObject({ event: 'request_failed' })
  return lines.slice(0, -1)
}

describe('the recorder', () => {
  it('replays what the console dropped, before the failure line, with its original time', () => {
    const log = getLogger('m')
    const unit = openUnit({ 'request.id': 'r' })
    unit.run(() => {
      log.trace('too_low')
      log.debug('loaded', { n: 1 })
      log.info('half_way')
      log.error('shown_at_once')
    })
    unit.end({ outcome: 'error', attributes: { 'http.response.status_code': 500 } })
    const [shown, ...rest] = harness.lines()
    expect(shown).toEqual({ level: 'error', event: 'shown_at_once', logger: 'm', 'request.id': 'r' })
    expect(rest).toEqual([
      { level: 'debug', event: 'loaded', logger: 'm', n: 1, replayed: true, 'request.id': 'r' },
      { level: 'info', event: 'half_way', logger: 'm', replayed: true, 'request.id': 'r' },
      {
        level: 'error',
        event: 'request_failed',
        logger: 'throughline',
        'http.response.status_code': 500,
        duration_ms: expect.any(Number),
        'request.id': 'r',
      },
    ])
    const times = harness.text().map((line) => (JSON.parse(line) as { timestamp: string }).timestamp)
    expect(times.slice(1)).toEqual(times.slice(1).toSorted())
  })

  it.each(['ok', 'aborted'] as const)('drops all when the unit ends %s', (outcome) => {
    const unit = openUnit()
    unit.run(() => getLogger().debug('e'))
    unit.end({ outcome })
    expect(harness.lines()).toEqual([])
  })

  it('keeps attributes as they were, and shows the context as it is at the end', () => {
    const attrs = { n: 1, nested: { list: [1] } }
    const unit = openUnit({ 'request.id': 'r' })
    unit.run(() => {
      runWithContext({ step: 'inner' }, () => getLogger().debug('e', attrs))
      attrs.n = 2
      attrs.nested.list.push(2)
      bindContext({ 'user.id': 7 })
    })
    expect(replayed(unit)).toEqual([
      {
        level: 'debug',
        event: 'e',
        n: 1,
        nested: { list: [1] },
        replayed: true,
        'request.id': 'r',
        'user.id': 7,
        step: 'inner',
      },
    ])
  })

  it('keeps no secret, no long string and no large value', () => {
    const unit = openUnit()
    unit.run(() => {
      getLogger().debug('e', { password: 'p', nested: { token: 't' }, text: 'x'.repeat(10_000_000) })
      getLogger().debug('f', { wide: Array.from({ length: 100 }, () => 'y'.repeat(1_000)), __proto__x: 1 })
    })
    const [first, second] = replayed(unit)
    expect(first).toMatchObject({ password: '[REDACTED]', nested: { token: '[REDACTED]' } })
    expect(String(first?.['text'])).toHaveLength(1_025)
    expect(JSON.stringify(second).length).toBeLessThan(2_500)
  })

  it('survives attributes that throw, and keeps errors and exceptions', () => {
    const unit = openUnit()
    unit.run(() => {
      getLogger().debug('getter', {
        a: 1,
        get b(): never {
          throw new Error('x')
        },
      })
      getLogger().info('failed', { err: new TypeError('boom') })
      getLogger().debug('given', new RangeError('out'))
    })
    const lines = replayed(unit)
    expect(lines[0]).toEqual({ level: 'debug', event: 'getter', a: 1, b: '[Threw: x]', replayed: true })
    expect(lines[1]).toMatchObject({ 'exception.type': 'TypeError', 'exception.message': 'boom' })
    expect(lines[2]).toMatchObject({ 'exception.type': 'RangeError', 'exception.message': 'out' })
  })

  it('keeps the newest lines of a unit and says how many it lost', () => {
    open({ lines: 3 })
    const unit = openUnit()
    unit.run(() => {
      for (let i = 0; i < 10; i++) getLogger().debug('e', { i })
    })
    expect(replayed(unit).map(({ i }) => i)).toEqual([7, 8, 9])
    expect(harness.lines().at(-1)).toMatchObject({ 'recorder.dropped': 7 })
  })

  it('keeps within its bytes', () => {
    open({ bytes: 5_000 })
    const unit = openUnit()
    unit.run(() => {
      for (let i = 0; i < 100; i++) getLogger().debug('e', { i, text: 'x'.repeat(1_000) })
    })
    expect(replayed(unit).map(({ i }) => i)).toEqual([96, 97, 98, 99])
  })

  it('keeps within its bytes whatever the values are', () => {
    open({ bytes: 5_000 })
    const unit = openUnit()
    unit.run(() => {
      for (let i = 0; i < 100; i++) getLogger().debug('e', { i, password: 'p', text: 'x'.repeat(1_000) })
    })
    expect(replayed(unit).map(({ i }) => i)).toEqual([96, 97, 98, 99])
    const failing = openUnit()
    failing.run(() => {
      for (let i = 0; i < 100; i++) getLogger().debug(`e${i}`, new Error('x'.repeat(1_000_000)))
    })
    const lines = replayed(failing).slice(4)
    expect(lines.length).toBeLessThan(5)
    expect(JSON.stringify(lines).length).toBeLessThan(10_000)
  })

  it('takes an undefined limit for one that was not given', () => {
    open({ lines: undefined, units: undefined })
    expect(harness.runtime.recorder?.limits).toEqual({ lines: 100, bytes: 65_536, units: 1_000 })
  })

  it('keeps lines of a bounded number of units, and of others again when those have ended', () => {
    open({ units: 2 })
    const units = [1, 2, 3].map((n) => {
      const unit = openUnit({ n })
      unit.run(() => getLogger().debug('e'))
      return unit
    })
    expect(harness.runtime.recorder?.refused).toBe(1)
    units[0]?.end({ outcome: 'ok' })
    units[2]?.run(() => getLogger().debug('f'))
    expect(replayed(units[2] as Unit).map(({ event }) => event)).toEqual(['f'])
  })

  it('keeps nothing outside a unit, after its end, or on a connection', () => {
    getLogger().debug('outside')
    const unit = openUnit()
    unit.end({ outcome: 'ok' })
    unit.run(() => getLogger().debug('after'))
    runUnit({ kind: 'connection', name: '/ws', manualEnd: true }, (connection) => {
      getLogger().debug('on a connection')
      connection.end({ outcome: 'error' })
    })
    expect(harness.lines()).toEqual([])
  })

  it('replays to the console only', () => {
    const records: LogRecord[] = []
    harness.runtime.addSink({ level: 'debug', write: (record) => records.push(record) })
    const unit = openUnit()
    unit.run(() => getLogger().debug('e'))
    replayed(unit)
    expect(records.map(({ event }) => event)).toEqual(['e', 'request_failed'])
  })

  it('gives each unit its own lines', () => {
    const outer = openUnit({ unit: 'outer' })
    outer.run(() => {
      getLogger().debug('outer_line')
      expect(() =>
        runUnit({ kind: 'task', name: 't', fields: { unit: 'inner' } }, () => {
          getLogger().debug('inner_line')
          throw new Error('x')
        }),
      ).toThrow('x')
    })
    expect(harness.lines().map(({ event, unit }) => [event, unit])).toEqual([
      ['inner_line', 'inner'],
      ['task_failed', 'inner'],
    ])
    outer.end({ outcome: 'ok' })
  })

  it('is not there when the console shows debug, or not even failures, or when switched off', () => {
    open(undefined, { LOG_LEVEL: 'debug' })
    expect(harness.runtime.recorder).toBeUndefined()
    open(undefined, { LOG_LEVEL: 'fatal' })
    expect(harness.runtime.recorder).toBeUndefined()
    open(false)
    expect(harness.runtime.recorder).toBeUndefined()
    expect(getLogger().isLevelEnabled('debug')).toBe(false)
  })
})
