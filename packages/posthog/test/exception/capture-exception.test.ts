import { describe, expect, it } from '@jest/globals'
import { runUnit, runWithContext } from '@throughline/core'
import type { ArrivedEvent } from '../support/fake-posthog.js'
import { withRig } from '../support/rig.js'

interface Exception {
  type: string
  value: string
  stacktrace?: { frames: Record<string, unknown>[] }
}

function exceptionsOf({ properties }: ArrivedEvent): Exception[] {
  return properties['$exception_list'] as unknown as Exception[]
}

const refusing = new Proxy(
  {},
  {
    get: () => {
      throw new Error('no')
    },
  },
)

function throwingGetters(): Error {
  const error = new Error('x')
  for (const name of ['name', 'message', 'stack', 'cause']) {
    Object.defineProperty(error, name, {
      get: () => {
        throw new Error('no')
      },
    })
  }
  return error
}

function circular(): Error {
  const error = new Error('round')
  error.cause = error
  return Object.assign(error, { self: error })
}

const ODD: [string, unknown, Partial<Exception>][] = [
  ['a text', 'just text', { type: 'string', value: 'just text' }],
  ['a number', 5, { type: 'number', value: '5' }],
  ['nothing', undefined, { type: 'undefined', value: 'undefined' }],
  ['null', null, { type: 'null', value: 'null' }],
  ['a symbol', Symbol('s'), { type: 'symbol' }],
  [
    'an object',
    { code: 5, password: 'hunter2' },
    { type: 'object', value: '{"code":5,"password":"[REDACTED]"}' },
  ],
  ['an error that refuses to be read', throwingGetters(), {}],
  ['a proxy that refuses', refusing, {}],
  ['an error that goes round', circular(), { type: 'Error', value: 'round' }],
  [
    'an error with a message that is none',
    Object.assign(new Error('x'), { message: { toString: () => 'odd' } }),
    { value: 'odd' },
  ],
  [
    'an error with another name',
    Object.assign(new Error('x'), { name: 'PaymentError' }),
    { type: 'PaymentError', value: 'x' },
  ],
]

describe('captureException', () => {
  it.each(ODD)('takes %s', async (_name, thrown, exception) => {
    await withRig({}, async ({ posthog, events }) => {
      posthog.captureException(thrown)
      const [event] = await events()
      expect(event?.event).toBe('$exception')
      expect(exceptionsOf(event as ArrivedEvent)[0]).toMatchObject(exception)
    })
  })

  it('says where it was thrown, and sends no source', async () => {
    await withRig({}, async ({ posthog, events, server }) => {
      // SOURCE_MARKER: this line is in the file, and not in what is sent.
      posthog.captureException(new Error('here'))
      const frames = exceptionsOf((await events())[0] as ArrivedEvent)[0]?.stacktrace?.frames ?? []
      expect(JSON.stringify(frames)).toContain('capture-exception.test')
      expect(server.everything).not.toContain('SOURCE_MARKER')
    })
  })

  it('sends the lines of source around each frame when it is told to', async () => {
    await withRig(
      {},
      async ({ posthog, events }) => {
        posthog.captureException(new Error('here'))
        const frames = exceptionsOf((await events())[0] as ArrivedEvent)[0]?.stacktrace?.frames ?? []
        expect(frames.some((frame) => 'context_line' in frame)).toBe(true)
      },
      { sourceContext: true },
    )
  })

  it('follows causes and members, so far and no further', async () => {
    await withRig({}, async ({ posthog, events }) => {
      let deep = new Error('0')
      for (let depth = 1; depth < 100; depth++) deep = new Error(String(depth), { cause: deep })
      posthog.captureException(deep)
      posthog.captureException(
        new AggregateError(
          Array.from({ length: 100 }, (_, at) => new TypeError(String(at))),
          'all',
        ),
      )
      const told = (await events()).map((event) => exceptionsOf(event).map(({ value }) => value))
      const [chain, aggregate] = told.toSorted(([one = ''], [other = '']) => one.localeCompare(other))

      expect(chain).toEqual(['99', '98', '97', '96', '95', '94'])
      expect(aggregate).toEqual(['all', '0', '1', '2', '3', '4'])
    })
  })

  it('sends no more of a message and a stack than is needed', async () => {
    await withRig({}, async ({ posthog, events, server }) => {
      const error = new Error('m'.repeat(10_000_000))
      posthog.captureException(error, { properties: { note: 'n'.repeat(10_000_000) } })
      expect(exceptionsOf((await events())[0] as ArrivedEvent)[0]?.value).toHaveLength(
        16_384 + '…[truncated 9983616 chars]'.length,
      )
      expect(server.everything.length).toBeLessThan(100_000)
    })
  })

  it('captures an error once, by whoever comes first', async () => {
    await withRig({}, async ({ posthog, events }) => {
      const error = new Error('once')
      posthog.captureException(error)
      posthog.captureException(error)
      await expect(runUnit({ kind: 'task', name: 't' }, () => Promise.reject(error))).rejects.toBe(error)
      expect(await events()).toHaveLength(1)
    })
  })

  it('captures the same object again in another request', async () => {
    await withRig({}, async ({ events }) => {
      const constant = new Error('thrown by everybody')
      for (const id of ['r-1', 'r-2', 'r-2']) {
        const fields = { 'request.id': id }
        await expect(
          runUnit({ kind: 'task', name: 't', fields }, () => Promise.reject(constant)),
        ).rejects.toBe(constant)
      }
      const ids = (await events()).map(({ properties }) => String(properties['request.id']))
      expect([ids.length, new Set(ids)]).toEqual([2, new Set(['r-1', 'r-2'])])
    })
  })

  it('captures a text once in a request', async () => {
    await withRig({}, async ({ posthog, events }) => {
      const fields = { 'request.id': 'r-1' }
      await expect(
        runUnit({ kind: 'task', name: 't', fields }, async () => {
          posthog.captureException('just text')
          throw 'just text'
        }),
      ).rejects.toBe('just text')
      runWithContext({ 'request.id': 'r-2' }, () => posthog.captureException('just text'))
      expect(await events()).toHaveLength(2)
    })
  })

  it('changes nothing of an error', async () => {
    await withRig({}, async ({ posthog, events }) => {
      const error = new Error('x', { cause: 'y' })
      const before = JSON.stringify(Object.getOwnPropertyDescriptors(error))
      posthog.captureException(error)
      posthog.captureException(Object.freeze(new Error('frozen')))
      expect(await events()).toHaveLength(2)
      expect(JSON.stringify(Object.getOwnPropertyDescriptors(error))).toBe(before)
    })
  })

  it('takes requests of any form, and none that refuses', async () => {
    await withRig({}, async ({ posthog, events }) => {
      const request = { originalUrl: '/a?token=1', url: '/b', method: 'PUT', user: { id: 1 } }
      posthog.captureException(new Error('1'), { request })
      posthog.captureException(new Error('2'), { request: { url: 'http://host/c#d', method: 5 } })
      posthog.captureException(new Error('3'), { request: refusing })
      posthog.captureException(new Error('4'), {
        request: null,
        properties: refusing,
        distinctId: refusing as never,
      })
      const told = (await events())
        .map((event) => [
          exceptionsOf(event)[0]?.value,
          event.distinct_id,
          event.properties['path'],
          event.properties['method'],
        ])
        .toSorted(([one], [other]) => String(one).localeCompare(String(other)))

      expect(told).toEqual([
        ['1', '1', '/a', 'PUT'],
        ['2', 'anonymous', '/c', undefined],
        ['3', 'anonymous', undefined, undefined],
        ['4', 'anonymous', undefined, undefined],
      ])
    })
  })

  it('lets the properties of the caller win', async () => {
    await withRig({ APP_VERSION: '1' }, async ({ posthog, events }) => {
      runWithContext({ 'request.id': 'r-1' }, () =>
        posthog.captureException(new Error('x'), {
          properties: { 'request.id': 'own', release: 'own', path: '/own' },
        }),
      )
      expect((await events())[0]?.properties).toMatchObject({
        'request.id': 'own',
        release: 'own',
        path: '/own',
      })
    })
  })
})
