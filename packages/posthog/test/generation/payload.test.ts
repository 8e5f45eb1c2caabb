import { describe, expect, it } from '@jest/globals'
import { readPayload } from '../../src/generation/payload.js'

const CAP = 30_000

const circle: Record<string, unknown> = { image: Buffer.alloc(1_000_000) }
circle['self'] = circle

/** Payloads that are far above any cap, as JSON. */
const LARGE: [string, unknown][] = [
  ['an image in a Uint8Array', [{ role: 'user', image: new Uint8Array(20_000_000) }]],
  ['an image in a Buffer', [{ role: 'user', image: Buffer.alloc(20_000_000) }]],
  ['a list of numbers', { embedding: Array.from({ length: 2_000_000 }, (_, at) => at) }],
  ['an object of many keys', Object.fromEntries(Array.from({ length: 300_000 }, (_, at) => [`k${at}`, at]))],
  ['a long text', [{ content: 'x'.repeat(20_000_000) }]],
  ['a circle through bytes', circle],
  ['many lists', Array.from({ length: 2_000 }, () => Array.from({ length: 2_000 }, () => 0))],
]

describe('readPayload', () => {
  it('leaves what fits as it is', () => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'hello' }, 5, null, true] }]
    expect(readPayload(messages, CAP)).toEqual(messages)
  })

  it('says of bytes how many they are', () => {
    const given = {
      image: new Uint8Array(3),
      file: Buffer.from('s3cret'),
      view: new DataView(new ArrayBuffer(4)),
    }
    expect(readPayload(given, CAP)).toEqual({ image: '[3 bytes]', file: '[6 bytes]', view: '[4 bytes]' })
    expect(readPayload(new Uint8Array(5), CAP)).toBe('[5 bytes]')
  })

  it('redacts secrets at any depth', () => {
    expect(readPayload({ tools: [{ password: 's3cret', name: 'x' }] }, CAP)).toEqual({
      tools: [{ password: '[REDACTED]', name: 'x' }],
    })
  })

  it.each(LARGE)('cuts %s', (_name, given) => {
    expect(JSON.stringify(readPayload(given, CAP)).length).toBeLessThan(CAP * 1.2)
  })

  it('reads a list and an object only so far', () => {
    let reads = 0
    const counted: ProxyHandler<object> = {
      get: (target, key) => {
        reads++
        return Reflect.get(target, key) as unknown
      },
    }
    readPayload(new Proxy(Array.from({ length: 1_000_000 }, String), counted), CAP)
    readPayload(
      new Proxy(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at])), counted),
      CAP,
    )
    expect(reads).toBeLessThan(5 * CAP)
  })
})
