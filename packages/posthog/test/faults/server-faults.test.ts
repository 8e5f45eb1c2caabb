import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { answer, FakePosthog, hang } from '../support/fake-posthog.js'
import { Lines } from '../support/lines.js'
import { type Rig, startRig, withRig } from '../support/rig.js'

let lines: Lines
let printed: ReturnType<typeof jest.spyOn>[]

beforeEach(() => {
  lines = new Lines()
  printed = (['log', 'warn', 'error'] as const).map(
    (name) => jest.spyOn(console, name).mockReturnValue(undefined) as never,
  )
})

afterEach(() => {
  // Whatever goes wrong, posthog-node itself prints nothing.
  for (const spy of printed) {
    expect(spy).not.toHaveBeenCalled()
    spy.mockRestore()
  }
  lines.stop()
})

function captureMany({ posthog }: Rig, count: number): void {
  for (let number = 0; number < count; number++) posthog.capture('event', 'u-1', { number })
}

/** An answer of 100 MB, as JSON. */
async function writeMuch(response: ServerResponse, onWritten: (bytes: number) => void): Promise<void> {
  const piece = Buffer.alloc(1_000_000, ' ')
  response.writeHead(200, { 'content-type': 'application/json' })
  for (let number = 0; number < 100 && !response.destroyed; number++) {
    onWritten(piece.length)
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
  response.end('{"flags":{}}')
}

const told = (): unknown[] => lines.own.map(({ event, attributes }) => [event, attributes['posthog.error']])

describe('PostHog', () => {
  it.each([
    ['401', (_request: unknown, response: never) => answer(response, 401, {}), 'HTTP 401'],
    ['400', (_request: unknown, response: never) => answer(response, 400, {}), 'HTTP 400'],
  ])(
    'that answers %s loses what it refuses, counted, and is told of once',
    async (_name, onBatch, reason) => {
      await withRig({}, async (rig) => {
        rig.server.onBatch = onBatch as never
        for (let round = 0; round < 3; round++) {
          captureMany(rig, 2)
          await rig.posthog.flush()
        }
        expect(told()).toEqual([['posthog_send_failed', reason]])
        expect(rig.posthog.counts).toEqual({ captured: 6, sent: 0, waiting: 0, dropped: 6 })
      })
    },
  )

  it.each([
    [
      '429',
      (_request: unknown, response: never) => answer(response, 429, {}, { 'retry-after': '30' }),
      'HTTP 429',
    ],
    ['503', (_request: unknown, response: never) => answer(response, 503, {}), 'HTTP 503'],
    [
      'a connection that breaks',
      (_request: unknown, response: { destroy(): void }) => response.destroy(),
      'UND_ERR_SOCKET',
    ],
  ])('that answers %s gets everything when it is back', async (_name, onBatch, reason) => {
    await withRig({}, async (rig) => {
      const { onBatch: well } = rig.server
      rig.server.onBatch = onBatch as never
      captureMany(rig, 3)
      await rig.posthog.flush()
      expect(rig.posthog.counts).toEqual({ captured: 3, sent: 0, waiting: 3, dropped: 0 })
      rig.server.onBatch = well
      captureMany(rig, 1)
      await rig.posthog.flush()

      expect(rig.posthog.counts).toEqual({ captured: 4, sent: 4, waiting: 0, dropped: 0 })
      expect(lines.own.map(({ event }) => event)).toEqual(['posthog_send_failed', 'posthog_send_recovered'])
      expect(told()[0]).toEqual(['posthog_send_failed', reason])
      expect(lines.own[1]?.attributes).toMatchObject({ 'posthog.dropped': 0 })
    })
  })

  it.each([301, 302, 303, 307, 308])('that answers %d to elsewhere is not followed', async (status) => {
    const elsewhere = await FakePosthog.start()
    await withRig({}, async (rig) => {
      const { onBatch: well } = rig.server
      const redirect = ({ path }: { path: string }, response: ServerResponse): void =>
        answer(response, status, {}, { location: elsewhere.url + path })
      rig.server.onBatch = redirect
      rig.server.onFlags = redirect
      captureMany(rig, 2)
      await rig.posthog.flush()
      expect(await rig.posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
      expect(elsewhere.requests).toEqual([])
      expect(told()).toEqual([['posthog_send_failed', `HTTP ${status}`]])
      expect(rig.posthog.counts).toMatchObject({ sent: 0, dropped: 0 })
      rig.server.onBatch = well
      await rig.posthog.flush()
      expect(rig.server.named('event').length).toBeGreaterThanOrEqual(2)
    })
    await elsewhere.stop()
  })

  it('that answers a question by 100 MB is read no further than a flag may be long', async () => {
    await withRig({}, async (rig) => {
      let written = 0
      let closed: Promise<unknown> | undefined
      rig.server.onFlags = (_request, response) => {
        closed = once(response, 'close')
        void writeMuch(response, (bytes) => (written += bytes))
      }
      expect(await rig.posthog.isFeatureEnabled('f', 'u-1', { default: true })).toBe(true)
      await closed
      expect(written).toBeLessThan(50_000_000)
    })
  })

  it('that finds a batch too large gets smaller ones, and loses only what is too large by itself', async () => {
    await withRig({}, async (rig) => {
      const { onBatch } = rig.server
      const tooLarge = ({ text }: { text: string }): boolean => {
        const { batch } = JSON.parse(text) as { batch: { properties: { number: number } }[] }
        return batch.length > 2 || batch.some(({ properties: { number } }) => number === 3)
      }
      rig.server.onBatch = (request, response) =>
        tooLarge(request) ? answer(response, 413, {}) : onBatch(request, response)
      captureMany(rig, 8)
      for (let round = 0; round < 4; round++) await rig.posthog.flush()
      const { sent, waiting, dropped } = rig.posthog.counts
      expect(waiting).toBe(0)
      expect(sent + dropped).toBe(8)
      expect(dropped).toBeLessThan(8)
    })
  })

  it('that is not there costs nothing but what does not fit the queue', async () => {
    const rig = await startRig({ POSTHOG_HOST: 'http://posthog.invalid' })
    for (let round = 0; round < 3; round++) {
      captureMany(rig, 1_000)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const { captured, sent, waiting, dropped } = rig.posthog.counts
    expect([captured, sent]).toEqual([3_000, 0])
    expect(waiting).toBeLessThanOrEqual(1_000)
    expect(waiting + dropped).toBe(3_000)
    await rig.stop()
    expect(told()).toHaveLength(1)
  })

  it('that takes long has no flush counted among what waits', async () => {
    const rig = await startRig()
    rig.server.onBatch = hang
    captureMany(rig, 1_500)
    await rig.server.until('event')
    captureMany(rig, 500)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(rig.posthog.counts).toEqual({ captured: 2_000, sent: 0, waiting: 1_000, dropped: 1_000 })
    await rig.stop()
  })

  it('that is not there is not asked again for each event', async () => {
    await withRig({}, async (rig) => {
      rig.server.onBatch = (_request, response) => answer(response, 503, {})
      for (let round = 0; round < 20; round++) {
        captureMany(rig, 25)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      expect(rig.server.requests.length).toBeLessThan(4)
    })
  })

  it('that hangs while a process ends holds it once, not with each flush', async () => {
    const rig = await startRig()
    rig.server.onBatch = hang
    captureMany(rig, 3)
    await rig.posthog.flush()
    await rig.posthog.shutdown()
    expect(rig.server.requests.filter(({ path }) => path.startsWith('/batch'))).toHaveLength(1)
    await rig.stop()
  })

  it('that hangs holds a flush for 2 s and a shutdown for not much longer', async () => {
    const rig = await startRig()
    rig.server.onBatch = hang
    captureMany(rig, 3)
    const started = performance.now()
    await rig.posthog.flush()
    expect(performance.now() - started).toBeGreaterThan(1_900)
    await rig.posthog.shutdown()
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(rig.posthog.counts).toMatchObject({ sent: 0, waiting: 0, dropped: 3 })
    await rig.stop()
  })

  it('gets no more errors at once than may wait', async () => {
    await withRig({}, async (rig) => {
      for (let number = 0; number < 5_000; number++) rig.posthog.captureException(new Error(String(number)))
      expect(rig.posthog.counts.waiting).toBeLessThanOrEqual(2_000)
      await rig.posthog.flush()
      const { captured, sent, waiting, dropped } = rig.posthog.counts
      expect(captured).toBe(5_000)
      expect(sent + waiting + dropped).toBe(5_000)
      expect(dropped).toBeGreaterThan(2_900)
    })
  })

  it('takes a burst in full that fits the queue', async () => {
    await withRig({}, async (rig) => {
      captureMany(rig, 900)
      await rig.posthog.flush()
      expect(rig.server.events).toHaveLength(900)
      expect(rig.posthog.counts).toEqual({ captured: 900, sent: 900, waiting: 0, dropped: 0 })
    })
  })

  it('gets nothing after the end, and what was asked then is counted', async () => {
    const rig = await startRig()
    captureMany(rig, 1)
    await Promise.all([rig.posthog.shutdown(), rig.posthog.shutdown()])
    captureMany(rig, 2)
    rig.posthog.captureException(new Error('late'))
    expect(await rig.posthog.isFeatureEnabled('f', 'u', { default: true })).toBe(true)
    await rig.posthog.flush()
    expect(rig.server.events).toHaveLength(1)
    expect(rig.posthog.enabled).toBe(false)
    expect(rig.posthog.counts).toEqual({ captured: 4, sent: 1, waiting: 0, dropped: 3 })
    await rig.stop()
  })
})
