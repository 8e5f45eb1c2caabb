import { describe, expect, it } from '@jest/globals'
import { distinctIdOf, userProperties } from '../../src/user/identity.js'
import { readUser } from '../../src/user/user.js'

const ADA = { id: 'u-1', email: 'ada@example.com', name: 'Ada' }

describe('readUser', () => {
  it.each([
    [{ id: 'u-1' }, { id: 'u-1' }],
    [{ id: 0 }, { id: '0' }],
    [{ id: 12n }, { id: '12' }],
    [
      { sub: 's-1', email: 'a@b.c' },
      { id: 's-1', email: 'a@b.c' },
    ],
    [
      { pk: 3, name: 'Ada' },
      { id: '3', name: 'Ada' },
    ],
    [{ id: 'u-1', email: 5, name: ' ' }, { id: 'u-1' }],
    [{ email: 'a@b.c' }, undefined],
    [{ id: '' }, undefined],
    [{ id: Number.NaN }, undefined],
    [{ id: {} }, undefined],
    [null, undefined],
    ['u-1', undefined],
  ])('reads %j as %j', (given, user) => {
    expect(readUser(given)).toEqual(user)
  })

  it('keeps no more of a text than is needed', () => {
    expect(readUser({ id: 'x'.repeat(10_000) })?.id).toHaveLength(256)
  })

  it('survives users that do not let themselves be read', () => {
    const refusing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const throwing = {
      id: 'u-1',
      get email(): string {
        throw new Error('no')
      },
    }
    expect([refusing, proxy, throwing].map(readUser)).toEqual([undefined, undefined, { id: 'u-1' }])
  })
})

describe('distinctIdOf', () => {
  it('is the given one, else the user, else nobody', () => {
    expect([
      distinctIdOf('id', 'svc', ADA),
      distinctIdOf('id', undefined, ADA),
      distinctIdOf('id', undefined),
    ]).toEqual(['svc', 'u-1', 'anonymous'])
  })

  it('is nobody in mode none, whoever is given', () => {
    expect(distinctIdOf('none', 'u-1', ADA)).toBe('anonymous')
  })
})

describe('userProperties', () => {
  it.each([
    ['none', {}],
    ['id', { user_id: 'u-1' }],
    ['email', { user_id: 'u-1', user_email: 'ada@example.com' }],
    ['full', { user_id: 'u-1', user_email: 'ada@example.com', user_name: 'Ada' }],
  ] as const)('in mode %s are %j', (mode, properties) => {
    expect(userProperties(mode, ADA)).toEqual(properties)
  })
})
