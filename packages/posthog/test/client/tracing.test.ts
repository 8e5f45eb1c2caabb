import { startOtlpReceiver } from '@throughline/otlp'
import { describe, expect, it } from '@jest/globals'
import { runChild } from '../support/child.js'
import { FakePosthog } from '../support/fake-posthog.js'

describe('with OpenTelemetry', () => {
  it('events bear the trace, and the requests to PostHog are in none', async () => {
    const [server, collector] = [await FakePosthog.start(), await startOtlpReceiver()]
    const env = {
      POSTHOG_API_KEY: 'phc_test',
      POSTHOG_HOST: server.url,
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_SAMPLER: 'always_on',
      LOG_LEVEL: 'fatal',
    }
    const node = ['--import', '@throughline/otel/register']
    const ended = await runChild('traced.mjs', { node, env })
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const spans = collector.spans()
    const [request] = spans.filter(({ name }) => name === 'GET')

    // The one request of the application itself, so that the others would be seen.
    expect(spans.map(({ name }) => name).toSorted()).toEqual(['GET', 'POST'])
    expect(spans.find(({ name }) => name === 'POST')?.parentSpanId).toBe(request?.spanId)
    const bearing = server.requests.filter(({ headers }) => headers['traceparent'] !== undefined)
    expect(bearing.map(({ path }) => path)).toEqual(['/elsewhere'])

    const { events } = server
    expect(events.map(({ event }) => event).toSorted()).toEqual([
      '$ai_generation',
      '$exception',
      '$feature_flag_called',
      'asked',
    ])
    for (const { properties } of events) expect(properties['trace_id']).toBe(request?.traceId)
    expect(server.named('$ai_generation')[0]?.properties['$ai_trace_id']).toBe(request?.traceId)
    expect(server.named('$exception')[0]?.properties).toMatchObject({
      $trace_id: request?.traceId,
      $span_id: request?.spanId,
    })
    await server.stop()
    await collector.stop()
  })
})
