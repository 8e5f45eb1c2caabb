import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { OtlpSpan } from '@throughline/otlp'
import { platforms, type Setup } from '../support/applications.js'
import { call } from '../support/client.js'
import { OrdersController } from '../support/orders.js'
import { startTraced, type Traced, withTraced } from '../support/traced.js'
import { TripsController } from '../support/trips.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
const SAMPLED = `00-${TRACE}-${PARENT}-01`
const UNSAMPLED = `00-${TRACE}-${PARENT}-00`

const controllers = [OrdersController, TripsController]
const trusting: Setup = { controllers, telemetry: { trust: 'loopback' } }

interface Onward {
  requestId: string
  /** By which the handler's trace goes on. */
  carrier: { traceparent?: string; tracestate?: string; baggage?: string }
  /** Of the request, where they were recorded. */
  spans: OtlpSpan[]
}

/** What becomes of the headers of a caller. */
async function onward({ port, records, spans }: Traced, headers: Record<string, string>): Promise<Onward> {
  const { requestId, body } = await call(port, '/trips/onward', { headers })
  await records.completion(requestId)
  return {
    requestId,
    carrier: JSON.parse(body) as Onward['carrier'],
    spans: (await spans()).filter(({ attributes }) => attributes['request.id'] === requestId),
  }
}

describe.each(platforms)('the trace of a request on $platform', ({ platform }) => {
  it("goes on where a trusted peer's left off, sampled as it was", async () => {
    await withTraced(platform, { ...trusting, env: { OTEL_TRACES_SAMPLER_ARG: '0' } }, async (traced) => {
      const { carrier, spans } = await onward(traced, { traceparent: SAMPLED })

      expect(spans).toMatchObject([{ traceId: TRACE, parentSpanId: PARENT }])
      expect(carrier).toEqual({ traceparent: `00-${TRACE}-${spans[0]?.spanId}-01` })
    })
  })

  it("is not recorded where a trusted peer's is not, and says so onward", async () => {
    await withTraced(platform, trusting, async (traced) => {
      const { carrier, spans, requestId } = await onward(traced, { traceparent: UNSAMPLED })

      expect(spans).toEqual([])
      expect(carrier.traceparent).toMatch(new RegExp(`^00-${TRACE}-(?!${PARENT})[\\da-f]{16}-00$`))
      const line = await traced.records.completion(requestId)
      expect([line.traceId, line.traceFlags]).toEqual([TRACE, 0])
    })
  })

  it.each([
    ['sampled', SAMPLED, '0', 0],
    ['unsampled', UNSAMPLED, '1', 1],
  ])("goes on from a stranger's %s one, but our ratio decides", async (_, traceparent, ratio, recorded) => {
    await withTraced(platform, { controllers, env: { OTEL_TRACES_SAMPLER_ARG: ratio } }, async (traced) => {
      const { carrier, spans } = await onward(traced, { traceparent })

      expect(spans.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(
        recorded === 1 ? [[TRACE, PARENT]] : [],
      )
      expect(carrier.traceparent).toMatch(new RegExp(`^00-${TRACE}-[\\da-f]{16}-0${recorded}$`))
    })
  })

  it('takes over tracestate and baggage', async () => {
    await withTraced(platform, trusting, async (traced) => {
      const headers = {
        traceparent: SAMPLED,
        tracestate: 'vendor=1,other=2',
        baggage: 'tenant=a%20b,plan=gold',
      }
      const { carrier, spans, requestId } = await onward(traced, headers)

      expect(spans.map(({ traceState }) => traceState)).toEqual(['vendor=1,other=2'])
      expect(carrier).toMatchObject({ tracestate: 'vendor=1,other=2', baggage: 'tenant=a%20b,plan=gold' })
      expect((await traced.records.completion(requestId)).attributes).toMatchObject({
        tenant: 'a b',
        plan: 'gold',
      })
    })
  })

  it('takes over baggage that comes alone, in a trace of its own', async () => {
    await withTraced(platform, { controllers }, async (traced) => {
      const { carrier, spans } = await onward(traced, { baggage: 'tenant=a,user.id=1,request.id=forged' })

      expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual([undefined])
      expect(carrier.baggage).toContain('tenant=a')
    })
  })
})

describe.each(platforms)('what a trusted peer sends as traceparent on $platform', ({ platform }) => {
  let traced: Traced

  beforeAll(async () => {
    traced = await startTraced(platform, trusting)
  })
  afterAll(() => traced.stop())

  it.each([
    ['text', 'nonsense'],
    ['an invalid trace id', `00-${'0'.repeat(32)}-${PARENT}-01`],
    ['an invalid span id', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['upper case', SAMPLED.toUpperCase()],
    ['the forbidden version', `ff-${TRACE}-${PARENT}-01`],
    ['two of them', `${SAMPLED}, ${SAMPLED}`],
    ['nothing', ''],
  ])('starts afresh from %s', async (_, traceparent) => {
    const { carrier, spans } = await onward(traced, { traceparent, tracestate: 'vendor=1' })

    expect(spans).toHaveLength(1)
    expect(spans[0]).toMatchObject({ parentSpanId: undefined, traceState: '' })
    expect(spans[0]?.traceId).not.toBe(TRACE)
    expect(carrier).toEqual({ traceparent: `00-${spans[0]?.traceId}-${spans[0]?.spanId}-01` })
  })

  it('is not the one of the request before', async () => {
    const first = await onward(traced, { traceparent: SAMPLED })
    const second = await onward(traced, {})

    expect(first.spans[0]?.traceId).toBe(TRACE)
    expect(second.spans).toMatchObject([{ parentSpanId: undefined }])
    expect(second.spans[0]?.traceId).not.toBe(TRACE)
  })
})
