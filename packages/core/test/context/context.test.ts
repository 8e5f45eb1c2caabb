import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { bindContext, getContext, runWithContext, unbindContext } from '../../src/context/context.js'
import { slot } from '../../src/slot.js'
import { runUnit } from '../../src/unit/run-unit.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

beforeEach(() => {
  harness = openRuntime()
})

afterEach(() => harness.close())

describe('runWithContext', () => {
  it('opens a child scope and restores the outer one', () => {
    runWithContext({ 'request.id': 'a', 'user.id': 1 }, () => {
      runWithContext({ 'user.id': 2, labels: ['x'] }, () => {
        expect(getContext()).toStrictEqual({ 'request.id': 'a', 'user.id': 2, labels: ['x'] })
      })
      expect(getContext()).toStrictEqual({ 'request.id': 'a', 'user.id': 1 })
    })
    expect(getContext()).toStrictEqual({})
  })

  it('restores the outer scope when the callback throws or rejects', async () => {
    expect(() =>
      runWithContext({ a: 1 }, () => {
        throw new Error('x')
      }),
    ).toThrow('x')
    await expect(runWithContext({ a: 1 }, () => Promise.reject(new Error('y')))).rejects.toThrow('y')
    expect(getContext()).toStrictEqual({})
  })

  it('returns what the callback returns', () => {
    const result = Promise.resolve(1)
    expect(runWithContext({}, () => result)).toBe(result)
  })

  it('hides an inherited key by undefined', () => {
    runWithContext({ 'user.id': 1, a: 1 }, () => {
      runWithContext({ 'user.id': undefined }, () => expect(getContext()).toStrictEqual({ a: 1 }))
    })
  })

  it('is kept by awaits, timers, ticks and emitters that it started', async () => {
    const seen: unknown[] = []
    const see = (): void => void seen.push(getContext()['a'])
    await runWithContext({ a: 1 }, async () => {
      const emitter = new EventEmitter()
      emitter.on('x', see)
      await sleep(1)
      see()
      await new Promise<void>((resolve) => setImmediate(() => resolve(see())))
      await new Promise<void>((resolve) => process.nextTick(() => resolve(see())))
      emitter.emit('x')
    })
    expect(seen).toEqual([1, 1, 1, 1])
  })

  it('mixes nothing over 500 interleaved runs', async () => {
    const run = (id: number): Promise<void> =>
      runWithContext({ 'request.id': `r${id}` }, async () => {
        for (let step = 0; step < 5; step++) {
          await sleep((id * 7 + step * 3) % 5)
          bindContext({ 'user.id': id * 10 + step })
          await Promise.resolve()
          expect(getContext()).toStrictEqual({ 'request.id': `r${id}`, 'user.id': id * 10 + step })
        }
      })
    await Promise.all(Array.from({ length: 500 }, (_, id) => run(id)))
  })

  it('only calls the function when telemetry is off', () => {
    harness.close()
    harness = openRuntime({ TELEMETRY_ENABLED: 'false' })
    expect(runWithContext({ a: 1 }, () => getContext())).toStrictEqual({})
  })
})

describe('bindContext', () => {
  it('adds to the innermost scope and is seen by what was started before', async () => {
    await runWithContext({ a: 1 }, async () => {
      const earlier = sleep(1).then(() => getContext())
      bindContext({ 'user.id': 7 })
      expect(await earlier).toStrictEqual({ a: 1, 'user.id': 7 })
    })
  })

  it('is seen by a child scope that had read the context already', () => {
    runUnit({ kind: 'task', name: 'outer', manualEnd: true }, (outer) => {
      runWithContext({ a: 1 }, () => {
        expect(getContext()).toStrictEqual({ a: 1 })
        outer.run(() => bindContext({ late: true }))
        expect(getContext()).toStrictEqual({ late: true, a: 1 })
      })
    })
  })

  it('does nothing outside any scope', () => {
    bindContext({ a: 1 })
    unbindContext('a')
    expect(getContext()).toStrictEqual({})
  })

  it('keeps 0, false and the empty string', () => {
    runWithContext({ 'user.id': 0, f: false, s: '' }, () => {
      expect(getContext()).toStrictEqual({ 'user.id': 0, f: false, s: '' })
    })
  })

  it('keeps reserved names out and makes values scalar', () => {
    runWithContext(
      { level: 'x', event: 'y', a__b: 1, n: NaN, big: 5n, at: new Date(0), o: { x: 1 } } as never,
      () => {
        expect(getContext()).toStrictEqual({
          'a.b': 1,
          n: 'NaN',
          big: '5',
          at: '1970-01-01T00:00:00.000Z',
          o: '{"x":1}',
        })
      },
    )
  })

  it('copies lists, so that a later change is not seen', () => {
    const labels = ['a']
    runWithContext({ labels }, () => {
      labels.push('b')
      expect(getContext().labels).toStrictEqual(['a'])
      expect(() => (getContext().labels as string[]).push('c')).toThrow(TypeError)
    })
  })
})

describe('fields that nobody should give', () => {
  it('cost themselves only, and never the caller', () => {
    const { proxy, revoke } = Proxy.revocable([], {})
    revoke()
    const fields = {
      'user.id': 1,
      get bad(): never {
        throw new Error('x')
      },
      list: proxy as string[],
    }
    runUnit({ kind: 'connection', name: '/ws', manualEnd: true }, () => {
      runUnit({ kind: 'message', name: 'm' }, () => bindContext(fields))
      expect(getContext()).toEqual({ 'user.id': 1 })
    })
    runWithContext({ ...JSON.parse('{"__proto__":"x"}'), a__b: 1, 'a.b': 2, c__d: 3 }, () => {
      expect(Object.entries(getContext())).toEqual([
        ['__proto__', 'x'],
        ['a.b', 2],
        ['c.d', 3],
      ])
      unbindContext('__proto__')
      expect(Object.keys(getContext())).toEqual(['a.b', 'c.d'])
    })
    runWithContext({ 'a.b': 2, a__b: 1 }, () => expect(getContext()).toEqual({ 'a.b': 2 }))
  })

  it('pile up no outer scopes where a task starts its successor from within', async () => {
    let left = 20_000
    let levels = 0
    await new Promise<void>((resolve) => {
      const next = (): void =>
        runWithContext({ left }, () => {
          bindContext({ bound: left })
          if (left-- > 0) {
            queueMicrotask(next)
            return
          }
          expect(getContext()).toEqual({ first: 1, left: 0, bound: 0 })
          for (let at = slot.storage.getStore()?.scope; at !== undefined; at = at.parent) levels++
          resolve()
        })
      runWithContext({ first: 1 }, next)
    })
    expect(levels).toBeLessThan(200)
  })
})

describe('unbindContext', () => {
  it('hides a key here and leaves it to the outer scope', () => {
    runWithContext({ a: 1, b: 2 }, () => {
      runWithContext({}, () => {
        unbindContext('a', 'missing')
        expect(getContext()).toStrictEqual({ b: 2 })
      })
      expect(getContext()).toStrictEqual({ a: 1, b: 2 })
    })
  })

  it('allows a key to be bound again', () => {
    runWithContext({ a: 1 }, () => {
      unbindContext('a')
      bindContext({ a: 2 })
      expect(getContext()).toStrictEqual({ a: 2 })
    })
  })
})

describe('getContext', () => {
  it('is a frozen snapshot', () => {
    runWithContext({ a: 1 }, () => {
      const before = getContext()
      bindContext({ a: 2 })
      expect(before).toStrictEqual({ a: 1 })
      expect(Object.isFrozen(before)).toBe(true)
    })
  })

  it('equals what any sequence of binds and unbinds makes of a plain object', () => {
    const step = fc.oneof(
      fc.record({ bind: fc.dictionary(fc.constantFrom('a', 'b', 'user.id'), fc.integer()) }),
      fc.record({ unbind: fc.constantFrom('a', 'b', 'user.id') }),
    )
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const model: Record<string, number> = { a: 0 }
        runWithContext({ a: 0 }, () => {
          for (const { bind, unbind } of steps as { bind?: Record<string, number>; unbind?: string }[]) {
            if (bind !== undefined) Object.assign(model, bind)
            if (unbind !== undefined) delete model[unbind]
            if (bind !== undefined) bindContext(bind)
            if (unbind !== undefined) unbindContext(unbind)
            expect({ ...getContext() }).toEqual(model)
          }
        })
      }),
    )
  })
})

describe('a message on a connection', () => {
  it('binds user.id to the connection and every other key to itself', () => {
    runUnit(
      { kind: 'connection', name: '/ws', fields: { 'ws.conn_id': 'c' }, manualEnd: true },
      (connection) => {
        runUnit({ kind: 'message', name: 'first' }, () => {
          bindContext({ 'user.id': 7, step: 1 })
          expect(getContext()).toStrictEqual({ 'ws.conn_id': 'c', 'user.id': 7, step: 1 })
        })
        runUnit({ kind: 'message', name: 'second' }, () => {
          expect(getContext()).toStrictEqual({ 'ws.conn_id': 'c', 'user.id': 7 })
          runWithContext({ inner: 1 }, () => bindContext({ 'user.id': 8 }))
          expect(getContext()['user.id']).toBe(7)
          unbindContext('user.id')
        })
        connection.run(() => expect(getContext()).toStrictEqual({ 'ws.conn_id': 'c' }))
      },
    )
  })

  it('keeps user.id on its own scope when there is no connection', () => {
    runUnit({ kind: 'message', name: 'm' }, () => {
      bindContext({ 'user.id': 7 })
      expect(getContext()).toStrictEqual({ 'user.id': 7 })
    })
    expect(getContext()).toStrictEqual({})
  })
})
