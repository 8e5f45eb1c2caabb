import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { userIdOf } from '../../src/http/user-id.js'
import { OrdersController } from '../support/orders.js'
import type { UserResolver } from '@throughline/core'
import { platforms, type Running, start, withApp } from '../support/applications.js'
import { call } from '../support/client.js'

const users: [name: string, user: string, id: string | number | undefined][] = [
  ['id', '{"id":42,"sub":"s","pk":1}', 42],
  ['0, which is an id', '{"id":0,"sub":"s"}', 0],
  ['sub', '{"sub":"auth0|1"}', 'auth0|1'],
  ['pk', '{"pk":3}', 3],
  ['a null id and a sub', '{"id":null,"sub":"s"}', 's'],
  ['nothing of these', '{"name":"x"}', undefined],
  ['an object', '{"id":{"a":1}}', undefined],
  ['an empty string', '{"id":""}', undefined],
  ['null', 'null', undefined],
]

describe.each(platforms)('user.id on $platform', ({ platform }) => {
  let running: Running

  beforeAll(async () => {
    running = await start(platform, { controllers: [OrdersController] })
  })
  afterAll(() => running.stop())

  it.each(users)('is found in a user with %s', async (_, user, id) => {
    const { requestId } = await call(running.port, '/orders/guarded', { headers: { user } })
    await running.records.completion(requestId)
    const anonymous = { 'request.id': requestId }
    const known = id === undefined ? anonymous : { ...anonymous, 'user.id': id }

    expect(running.records.of(requestId).map(({ event, context }) => [event, context])).toEqual([
      // The context is what it is when the line is written.
      ['guarded', anonymous],
      ['behind_guards', known],
      ['request_completed', known],
    ])
  })

  it('reaches the completion line when the guard names the user and rejects', async () => {
    const { status, requestId } = await call(running.port, '/orders/guarded', {
      headers: { user: '{"id":9}', reject: '1' },
    })

    expect(status).toBe(403)
    expect((await running.records.completion(requestId)).context).toEqual({
      'request.id': requestId,
      'user.id': 9,
    })
  })

  it('is absent for an anonymous request', async () => {
    const { requestId } = await call(running.port, '/orders/guarded')

    expect((await running.records.completion(requestId)).context).toEqual({ 'request.id': requestId })
  })
})

describe.each(platforms)('the user resolver on $platform', ({ platform }) => {
  it('decides who the user is', async () => {
    const user: UserResolver = ({ kind, request }) => {
      const { headers } = request as { headers: Record<string, string> }
      return headers['account'] === undefined ? undefined : `${kind}:${headers['account']}`
    }
    await withApp(
      platform,
      { controllers: [OrdersController], telemetry: { user } },
      async ({ port, records }) => {
        const named = await call(port, '/orders/ok/1', { headers: { account: '7' } })
        const anonymous = await call(port, '/orders/guarded', { headers: { user: '{"id":1}' } })

        expect((await records.completion(named.requestId)).context).toEqual({
          'request.id': named.requestId,
          'user.id': 'http:7',
        })
        expect((await records.completion(anonymous.requestId)).context).toEqual({
          'request.id': anonymous.requestId,
        })
      },
    )
  })
})

describe('userIdOf', () => {
  it('takes a resolver or a getter that throws for an anonymous request', () => {
    const request = {
      get user(): never {
        throw new Error('no session')
      },
    }

    expect(userIdOf(request, undefined)).toBeUndefined()
    expect(
      userIdOf({}, () => {
        throw new Error('broken')
      }),
    ).toBeUndefined()
  })

  it('writes a bigint as a string and refuses what is no id', () => {
    expect(userIdOf({ user: { id: 12n } }, undefined)).toBe('12')
    expect(userIdOf({ user: { id: Number.NaN } }, undefined)).toBeUndefined()
  })

  it('finds the user that Express middleware left on the raw request of Fastify', () => {
    expect(userIdOf({ raw: { user: { id: 4 } } }, undefined)).toBe(4)
  })
})
