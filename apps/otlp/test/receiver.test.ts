import { afterEach, describe, expect, it } from '@jest/globals'
import { post, spanBytes, start, stopAll } from './client.js'

afterEach(stopAll)

describe('startOtlpReceiver', () => {
  it('listens on a free port of 127.0.0.1', async () => {
    const [first, second] = await Promise.all([start(), start()])

    expect(first.url).toBe(`http://127.0.0.1:${first.port}`)
    expect(first.port).not.toBe(second.port)
    await post(first)
    expect([first.requests.length, second.requests.length]).toEqual([1, 0])
  })

  it('takes a port, so that another receiver may follow on it', async () => {
    const first = await start()
    await first.stop()

    const second = await start({ port: first.port })

    expect(second.url).toBe(first.url)
    expect((await post(second)).status).toBe(200)
  })

  it('fails when the port is taken', async () => {
    const { port } = await start()

    await expect(start({ port })).rejects.toThrow('EADDRINUSE')
  })

  it('records every request, and counts the accepted ones', async () => {
    const receiver = await start()
    await post(receiver)
    await post(receiver, { body: 'not protobuf' })
    await post(receiver, { path: '/v1/logs', type: 'application/json', body: '{}' })
    await post(receiver, { path: '/v1/metrics', body: '' })

    const size = spanBytes().length
    expect(receiver.requests).toMatchObject([
      {
        path: '/v1/traces',
        wireBytes: size,
        bytes: size,
        payload: { signal: 'traces' },
        outcome: 'accepted',
      },
      {
        path: '/v1/traces',
        payload: undefined,
        outcome: 'refused',
        status: 400,
        problem: expect.any(String),
      },
      { path: '/v1/logs', bytes: 2, payload: { signal: 'logs' }, outcome: 'accepted' },
      { path: '/v1/metrics', bytes: 0, payload: { signal: 'metrics' }, outcome: 'accepted' },
    ])
    expect([receiver.traces.length, receiver.logs.length, receiver.metrics.length]).toEqual([1, 1, 1])
    expect(receiver.spans()).toMatchObject([{ name: 'a span' }])
    expect(receiver.logRecords()).toEqual([])
    expect(receiver.metricPoints()).toEqual([])
  })

  it('forgets on clear', async () => {
    const receiver = await start()
    await post(receiver)

    receiver.clear()

    expect(receiver.requests).toEqual([])
    expect(receiver.spans()).toEqual([])
    await post(receiver, { body: spanBytes('later') })
    expect(receiver.spans()).toMatchObject([{ name: 'later' }])
  })

  it('dies on pause, and returns on the same port', async () => {
    const receiver = await start()
    await post(receiver)

    await receiver.pause()
    await expect(post(receiver)).rejects.toThrow('fetch failed')
    await receiver.resume()

    expect((await post(receiver, { body: spanBytes('after') })).status).toBe(200)
    expect(receiver.spans()).toMatchObject([{ name: 'a span' }, { name: 'after' }])
  })

  it('takes changes one after the other, also needless ones', async () => {
    const receiver = await start()

    await Promise.all([receiver.pause(), receiver.pause(), receiver.resume(), receiver.resume()])

    expect((await post(receiver)).status).toBe(200)
  })

  it('says so when its port was taken in a pause, and can try again', async () => {
    const receiver = await start()
    await receiver.pause()
    const other = await start({ port: receiver.port })

    await expect(receiver.resume()).rejects.toThrow('EADDRINUSE')
    await other.stop()
    await receiver.resume()

    expect((await post(receiver)).status).toBe(200)
  })

  it('stops, with a request in work, and may be stopped again', async () => {
    const receiver = await start()
    receiver.respondWith({ kind: 'hang' })
    const answer = expect(post(receiver)).rejects.toThrow('fetch failed')
    await receiver.until(({ requests }) => requests.length === 1, 'the request')

    await Promise.all([receiver.stop(), receiver.stop()])
    await receiver.stop()
    await answer

    expect(receiver.requests).toMatchObject([{ outcome: 'abandoned', status: undefined }])
    await expect(post(receiver)).rejects.toThrow('fetch failed')
    await expect(receiver.resume()).rejects.toThrow('was stopped')
  })
})
