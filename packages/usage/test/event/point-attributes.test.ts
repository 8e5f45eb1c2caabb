import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { pointAttributes } from '../../src/event/point-attributes.js'
import { POINT_ATTRIBUTES } from '../../src/names.js'

const letThrough = (given: unknown): unknown => pointAttributes('cli', 'e', given, new Map())
const BARE = { surface: 'cli', event: 'e' }

describe('pointAttributes', () => {
  it('lets four keys through, as strings', () => {
    expect(letThrough({ command: 'c', resource: 'r', outcome: 'ok', status_code: 200 })).toEqual({
      ...BARE,
      command: 'c',
      resource: 'r',
      outcome: 'ok',
      status_code: '200',
    })
  })

  it('leaves out any other, and cannot be told another surface or event', () => {
    expect(
      letThrough({ email: 'a@example.com', surface: 'x', event: 'y', Command: 'z', constructor: 'w' }),
    ).toEqual(BARE)
  })

  it('reads own keys only', () => {
    expect(letThrough(Object.create({ command: 'inherited' }))).toEqual(BARE)
    const polluted = Object.prototype as { command?: string }
    polluted.command = 'polluted'
    try {
      const attributes = letThrough({ outcome: 'ok' })
      expect(Object.keys(attributes as object)).toEqual(['surface', 'event', 'outcome'])
    } finally {
      delete polluted.command
    }
  })

  it('survives getters on Object.prototype', () => {
    const getters = Object.fromEntries(
      POINT_ATTRIBUTES.map((name) => [name, { get: () => 'polluted', configurable: true }]),
    )
    const polluted: object = Object.prototype
    Object.defineProperties(polluted, getters)
    try {
      expect({ ...(letThrough({}) as object) }).toEqual(BARE)
    } finally {
      for (const name of POINT_ATTRIBUTES) Reflect.deleteProperty(polluted, name)
    }
  })

  it('leaves out a key that throws when it is read, and takes the others', () => {
    const given = {
      get command(): string {
        throw new Error('boom')
      },
      outcome: 'ok',
    }
    expect(letThrough(given)).toEqual({ ...BARE, outcome: 'ok' })
  })

  it('survives a proxy that throws at everything', () => {
    const boom = (): never => {
      throw new Error('boom')
    }
    expect(
      letThrough(new Proxy({}, { get: boom, has: boom, ownKeys: boom, getOwnPropertyDescriptor: boom })),
    ).toEqual(BARE)
  })

  it.each([undefined, null, 5, 'command', () => 'x'])('takes %p for nothing', (given) => {
    expect(letThrough(given)).toEqual(BARE)
  })

  it.each([
    [undefined, 'e'],
    ['cli', ''],
    ['cli', {}],
    [5, 'e'],
  ])('counts nothing for the surface %p and the event %p', (surface, event) => {
    expect(pointAttributes(surface, event, {}, new Map())).toBeUndefined()
  })

  it('gives strings of at most 256 characters under documented keys, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.object({ key: fc.constantFrom(...POINT_ATTRIBUTES, 'x') }),
        (s, e, given) => {
          for (const [key, value] of Object.entries(pointAttributes(s, e, given, new Map()) ?? {})) {
            expect(POINT_ATTRIBUTES).toContain(key)
            expect(typeof value).toBe('string')
            expect(value.length).toBeLessThanOrEqual(256)
          }
        },
      ),
    )
  })
})
