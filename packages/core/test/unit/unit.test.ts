import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bindContext, getContext, runWithContext } from '../../src/context/context.js'
import { getLogger } from '../../src/logger/logger.js'
import { runUnit } from '../../src/unit/run-unit.js'
import { onUnitEnd } from '../../src/unit/unit-listeners.js'
import { currentUnit } from '../../src/unit/unit-state.js'
import type { FinishedUnit, Outcome, UnitKind } from '../../src/unit/unit.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

beforeEach(() => {
  harness = openRuntime({ LOG_LEVEL: 'debug' })
})

afterEach(() => harness.close())

const own = { logger: 'throughline', duration_ms: expect.any(Number) }

describe('runUnit', () => {
  it.each<[UnitKind, Outcome, object[]]>([
    ['http', 'ok', [{ level: 'info', event: 'request_completed', ...own }]],
    ['http', 'aborted', [{ level: 'info', event: 'request_completed', ...own }]],
    ['http', 'error', [{ level: 'error', event: 'request_failed', ...own }]],
    ['job', 'ok', [{ level: 'info', event: 'job_completed', ...own }]],
    ['job', 'aborted', [{ level: 'info', event: 'job_deferred', ...own }]],
    ['job', 'error', [{ level: 'error', event: 'job_failed', ...own }]],
    ['connection', 'ok', [{ level: 'info', event: 'ws_disconnected', ...own }]],
    ['connection', 'error', [{ level: 'info', event: 'ws_disconnected', ...own }]],
    ['message', 'ok', []],
    ['message', 'aborted', []],
    ['message', 'error', [{ level: 'error', event: 'ws_error', ...own }]],
    ['task', 'ok', [{ level: 'info', event: 'task_completed', 'task.name': 'n', ...own }]],
    ['task', 'error', [{ level: 'error', event: 'task_failed', 'task.name': 'n', ...own }]],
  ])('writes for a %s that ends %s its one line', (kind, outcome, lines) => {
    runUnit({ kind, name: 'n', manualEnd: true }, (unit) => {
      unit.end({ outcome })
      unit.end({ outcome: 'error' })
    })
    expect(harness.lines()).toEqual(lines)
  })

  it('writes the attributes in the order given, then the duration, the exception and the context', () => {
    runUnit({ kind: 'http', name: 'GET', fields: { 'request.id': 'r' }, manualEnd: true }, (unit) => {
      unit.setAttributes({ 'http.request.method': 'GET' })
      unit.end({
        outcome: 'error',
        attributes: { 'http.response.status_code': 500 },
        error: new TypeError('boom'),
      })
    })
    expect(Object.keys(harness.lines()[0] ?? {})).toEqual([
      'level',
      'event',
      'logger',
      'http.request.method',
      'http.response.status_code',
      'duration_ms',
      'exception.type',
      'exception.message',
      'exception.stacktrace',
      'request.id',
    ])
  })

  it('ends when the function returns, throws, resolves or rejects', async () => {
    const error = new Error('x')
    expect(runUnit({ kind: 'task', name: 'a' }, () => 5)).toBe(5)
    expect(() =>
      runUnit({ kind: 'task', name: 'b' }, () => {
        throw error
      }),
    ).toThrow(error)
    await expect(runUnit({ kind: 'task', name: 'c' }, () => sleep(1, 'later'))).resolves.toBe('later')
    await expect(runUnit({ kind: 'task', name: 'd' }, () => Promise.reject(error))).rejects.toBe(error)
    expect(harness.lines().map(({ event, 'task.name': name }) => `${String(name)} ${String(event)}`)).toEqual(
      ['a task_completed', 'b task_failed', 'c task_completed', 'd task_failed'],
    )
  })

  it('writes its line whatever attributes it is given', () => {
    const attributes = Object.defineProperty(JSON.parse('{"__proto__":1,"ok":2}') as object, 'bad', {
      enumerable: true,
      get(): never {
        throw new Error('x')
      },
    })
    runUnit({ kind: 'http', name: 'GET', manualEnd: true }, (unit) => {
      unit.setAttributes(attributes)
      unit.end({ outcome: 'ok', attributes })
    })
    expect(harness.text()[0]).toContain('"__proto__":1,"ok":2,"duration_ms"')
  })

  it('passes on whatever was thrown', () => {
    for (const thrown of ['text', undefined, null, 0]) {
      let caught: unknown = 'nothing'
      try {
        runUnit({ kind: 'task', name: 't' }, () => {
          throw thrown
        })
      } catch (error) {
        caught = error
      }
      expect(caught).toBe(thrown)
    }
  })

  it('calls a lazy thenable once', async () => {
    let calls = 0
    const query = {
      // oxlint-disable-next-line no-thenable -- what query builders are
      then(resolve: (value: number) => void) {
        calls++
        resolve(5)
      },
    }
    await (runUnit({ kind: 'task', name: 't' }, () => query) as PromiseLike<number> | undefined)
    expect(calls).toBe(1)
  })

  it('is quiet about success when asked to, never about failure', () => {
    runUnit({ kind: 'http', name: 'GET', quiet: true, manualEnd: true }, (unit) =>
      unit.end({ outcome: 'ok' }),
    )
    expect(harness.lines()).toEqual([])
    runUnit({ kind: 'http', name: 'GET', quiet: true, manualEnd: true }, (unit) =>
      unit.end({ outcome: 'error' }),
    )
    expect(harness.lines()).toHaveLength(1)
  })

  it('starts outside the current context when detached, and inside it otherwise', async () => {
    await runWithContext({ 'request.id': 'r' }, async () => {
      runUnit({ kind: 'task', name: 'inside', manualEnd: true }, () => {
        expect(getContext()).toStrictEqual({ 'request.id': 'r' })
      })
      const detached = runUnit(
        { kind: 'task', name: 'outside', detached: true, fields: { a: 1 } },
        async () => {
          await sleep(1)
          bindContext({ b: 2 })
          return getContext()
        },
      )
      expect(await detached).toStrictEqual({ a: 1, b: 2 })
      expect(getContext()).toStrictEqual({ 'request.id': 'r' })
    })
  })

  it('has its context on its completion line wherever it is ended, late fields included', () => {
    const unit = runUnit(
      { kind: 'http', name: 'GET', fields: { 'request.id': 'r' }, manualEnd: true },
      (opened) => opened,
    )
    unit.run(() => bindContext({ 'user.id': 7 }))
    runWithContext({ 'request.id': 'other' }, () => unit.end({ outcome: 'ok' }))
    expect(harness.lines()).toEqual([
      { level: 'info', event: 'request_completed', ...own, 'request.id': 'r', 'user.id': 7 },
    ])
  })

  it('belongs to the unit it names, whatever the current context is', () => {
    const connection = runUnit(
      { kind: 'connection', name: '/ws', fields: { c: 1 }, manualEnd: true },
      (unit) => unit,
    )
    runWithContext({ other: 1 }, () => {
      runUnit({ kind: 'message', name: 'm', within: connection }, () => {
        expect(getContext()).toStrictEqual({ c: 1 })
        bindContext({ 'user.id': 7 })
        expect(connection.active).toBe(true)
        expect(currentUnit('connection')).toBe(connection)
        expect(currentUnit('job')).toBeUndefined()
      })
      expect(connection.active).toBe(false)
    })
    expect(connection.run(() => getContext())).toStrictEqual({ c: 1, 'user.id': 7 })
  })

  it('only calls the function when telemetry is off', () => {
    harness.close()
    harness = openRuntime({ TELEMETRY_ENABLED: 'false' })
    const result = runUnit(
      { kind: 'http', name: 'GET', fields: { 'request.id': 'r' }, manualEnd: true },
      (unit) => {
        unit.setName('x')
        unit.setAttributes({ a: 1 })
        expect(unit.run(() => getContext())).toStrictEqual({})
        unit.end({ outcome: 'error' })
        return 5
      },
    )
    expect(result).toBe(5)
    expect(harness.text()).toEqual([])
  })
})

describe('onUnitEnd', () => {
  it('tells each unit that ended, in its context, until it is stopped', () => {
    const seen: FinishedUnit[] = []
    const stop = onUnitEnd((unit) => {
      seen.push(unit)
      getLogger('m').info('listened')
    })
    const error = new Error('x')
    runUnit({ kind: 'http', name: 'GET', fields: { 'request.id': 'r' }, manualEnd: true }, (unit) => {
      unit.setName('GET /x')
      unit.end({ outcome: 'error', error, attributes: { 'http.response.status_code': 500 } })
    })
    stop()
    runUnit({ kind: 'task', name: 't' }, () => 0)
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({
      kind: 'http',
      name: 'GET /x',
      outcome: 'error',
      error,
      attributes: { 'http.response.status_code': 500 },
      durationMs: expect.any(Number),
    })
    expect({ ...seen[0]?.context }).toEqual({ 'request.id': 'r' })
    expect(harness.lines()[1]).toEqual({ level: 'info', event: 'listened', logger: 'm', 'request.id': 'r' })
  })

  it('ignores a listener that throws; the others are told', () => {
    const seen: string[] = []
    const stops = [
      onUnitEnd(() => {
        throw new Error('listener')
      }),
      onUnitEnd(({ kind }) => seen.push(kind)),
    ]
    expect(runUnit({ kind: 'task', name: 't' }, () => 5)).toBe(5)
    for (const stop of stops) stop()
    expect(seen).toEqual(['task'])
    expect(harness.runtime.failed).toBe(1)
  })

  it('survives one that rejects', async () => {
    const stop = onUnitEnd(async () => {
      throw new Error('x')
    })
    runUnit({ kind: 'task', name: 't' }, () => 0)
    await new Promise((resolve) => setImmediate(resolve))
    expect(harness.runtime.failed).toBe(1)
    stop()
  })
})
