import { afterEach, describe, expect, it } from '@jest/globals'
import { post, spanBytes, start, stopAll } from './client.js'

afterEach(stopAll)

describe('until', () => {
  it('resolves at once when it is true already', async () => {
    const receiver = await start()

    expect(await receiver.until(() => 'now', 'anything')).toBe('now')
  })

  it('resolves with the value that a later request brings', async () => {
    const receiver = await start()
    const found = receiver.until((r) => r.spans().find(({ name }) => name === 'second'), 'the second span')

    await post(receiver, { body: spanBytes('first') })
    await post(receiver, { body: spanBytes('second') })

    expect((await found).name).toBe('second')
  })

  it('rejects in the end, with what it waited for and what has arrived', async () => {
    const receiver = await start({ patienceMs: 200 })
    receiver.respondWith({ kind: 'status', status: 503 }, { signal: 'traces', times: 1 })
    await post(receiver, { body: spanBytes('early') })
    await post(receiver, { body: spanBytes('late') })
    await post(receiver, { path: '/v1/logs', type: 'application/json', body: '{' })
    await post(receiver, { path: '/v1/metrics', body: '' })
    const { bytes } = receiver.requests[0]!

    const error = await receiver.until(() => false, 'a third span').catch((error: unknown) => error)

    const lines = (error as Error).message.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      'Not within 0.2 s: a third span',
      'Arrived:',
      `  POST /v1/traces, ${bytes} bytes, refused (503), spans: "early"`,
      `  POST /v1/traces, ${bytes - 1} bytes, accepted (200), spans: "late"`,
    ])
    expect(lines[4]).toMatch(/^ {2}POST \/v1\/logs, 1 bytes, refused \(400\), SyntaxError: /)
    expect(lines[5]).toBe('  POST /v1/metrics, 0 bytes, accepted (200), no metrics')
  })

  it('says when nothing has arrived', async () => {
    const receiver = await start({ patienceMs: 1 })

    await expect(receiver.until(() => null, 'a span')).rejects.toThrow(
      'Not within 0.001 s: a span\nNo request has arrived.',
    )
  })

  it('shows the latest requests when there are many', async () => {
    const receiver = await start({ patienceMs: 200 })
    for (let count = 0; count < 12; count += 1) await post(receiver, { body: spanBytes(`span ${count}`) })

    const error = await receiver.until(() => false, 'more').catch((error: unknown) => error)

    const { message } = error as Error
    expect(message).toContain('Arrived (2 earlier ones not shown):')
    expect(message).not.toContain('"span 1"')
    expect(message).toContain('"span 11"')
  })

  it('rejects with the error of the predicate', async () => {
    const receiver = await start()
    const waiting = receiver.until(({ requests }) => {
      if (requests.length > 0) throw new TypeError('no such thing')
      return false
    }, 'it')
    const rejected = expect(waiting).rejects.toThrow(new TypeError('no such thing'))

    await post(receiver)

    await rejected
  })

  it('rejects when the receiver stops', async () => {
    const receiver = await start()
    const rejected = expect(receiver.until(() => false, 'a span')).rejects.toThrow(
      'The receiver was stopped before: a span',
    )

    await receiver.stop()

    await rejected
    await expect(receiver.until(() => false, 'another')).rejects.toThrow('was stopped')
    expect(await receiver.until(() => true, 'what is there')).toBe(true)
  })
})
