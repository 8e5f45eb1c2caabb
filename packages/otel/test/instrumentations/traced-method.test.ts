import { describe, expect, it } from '@jest/globals'
import { isTracedElsewhere, routeTraced } from '../../src/instrumentations/traced-method.js'

type Method = ((this: unknown, ...args: unknown[]) => unknown) & {
  __original?: unknown
  __unwrap?: () => void
}

/** A method as OpenTelemetry's instrumentations wrap it. */
function wrapped(): { target: { send: Method }; original: Method } {
  const original: Method = function send(one) {
    return `original ${String(one)}`
  }
  const traced: Method = (one) => `traced ${String(one)}`
  const target = {
    send: Object.assign(traced, { __original: original, __wrapped: true, __unwrap: () => {} }),
  }
  return { target, original }
}

describe('routeTraced', () => {
  it('decides for each call, and looks like the original', () => {
    const { target } = wrapped()
    routeTraced(target, 'send', (client, args, traced, original) =>
      (args[0] === 'quiet' ? original : traced).apply(client, args),
    )
    expect(target.send('quiet')).toBe('original quiet')
    expect(target.send('loud')).toBe('traced loud')
    expect([target.send.name, target.send.length]).toEqual(['send', 1])
    expect(isTracedElsewhere(target, 'send')).toBe(false)
  })

  it('is taken out by what would take the instrumentation out', () => {
    const { target, original } = wrapped()
    routeTraced(target, 'send', (client, args, traced) => traced.apply(client, args))
    target.send.__unwrap?.()
    expect(target.send).toBe(original)
  })

  it('stays as it is the second time, and leaves a method alone that is not wrapped', () => {
    const { target } = wrapped()
    const route = (): string => 'routed'
    routeTraced(target, 'send', route)
    const { send } = target
    routeTraced(target, 'send', route)
    expect(target.send).toBe(send)
    const plain = { send: () => 'plain' }
    routeTraced(plain, 'send', route)
    routeTraced(plain, 'missing', route)
    expect(plain.send()).toBe('plain')
  })
})

describe('isTracedElsewhere', () => {
  it('is true for a method that another set-up has wrapped', () => {
    expect(isTracedElsewhere(wrapped().target, 'send')).toBe(true)
    expect(isTracedElsewhere({ send() {} }, 'send')).toBe(false)
    expect(isTracedElsewhere({}, 'send')).toBe(false)
  })
})
