import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { Demo } from '../support/demo.js'
import { spanOutline } from '../support/span-outline.js'

const OUTLINE = `SERVER POST /api/tournaments/{tournamentId}/drafts/{draftId}/picks, (tournament-api)
  CLIENT pg.query:INSERT postgres, (tournament-api)
  CLIENT pg.query:SELECT postgres, (tournament-api)
  CLIENT pg.query:SELECT postgres, (tournament-api)
  PRODUCER add match-stats, (tournament-api)
    CONSUMER process match-stats, attempt 1, ERROR 503 from the rating service for ember, (tournament-worker)
      CLIENT pg.query:SELECT postgres, (tournament-worker)
    CONSUMER process match-stats, attempt 2, (tournament-worker)
      CLIENT pg.query:SELECT postgres, (tournament-worker)
      CLIENT pg.query:WITH postgres, (tournament-worker)
      CLIENT publish, (tournament-worker)
      CONSUMER process pick-results, (tournament-api)`

const LINES = [
  'draft.pick_made',
  'throughline.request_completed',
  'throughline.job_started',
  'throughline.job_failed',
  'throughline.job_started',
  'stats.stats_processed',
  'throughline.job_completed',
]

describe('npm run demo with OpenTelemetry on', () => {
  let receiver: OtlpReceiver
  let demo: Demo
  beforeEach(async () => {
    receiver = await startOtlpReceiver()
  })
  afterEach(async () => {
    await demo.dispose()
    await receiver.stop()
  })

  it('makes one trace of the request over both processes, from HTTP to the socket', async () => {
    demo = new Demo([], { OTEL_ENABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
    const ending = await demo.ended

    expect(demo.errors).toBe('')
    expect(ending).toEqual([0, null])
    const [, traceId] = /^Trace ([\da-f]{32})$/m.exec(demo.output) ?? []
    expect(demo.output).toContain(receiver.url)

    const spans = receiver.spans().filter((span) => span.traceId === traceId)
    expect(spanOutline(spans)).toBe(OUTLINE)
    expect(spans.filter(({ attributes }) => attributes['request.id'] !== 'pick-ember')).toEqual([])
    const ofRequest = receiver.spans().filter(({ attributes }) => attributes['request.id'] === 'pick-ember')
    expect(ofRequest).toHaveLength(spans.length)

    const records = receiver
      .logRecords()
      .filter(({ attributes }) => attributes['request.id'] === 'pick-ember')
    expect(records.map(({ eventName }) => eventName).toSorted()).toEqual(LINES.toSorted())
    expect(new Set(records.map((record) => record.traceId))).toEqual(new Set([traceId]))
  })

  it('makes a trace of every request, and of nothing else', async () => {
    demo = new Demo([], { OTEL_ENABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
    await demo.ended

    const roots = receiver.spans().filter(({ parentSpanId }) => parentSpanId === undefined)
    expect(new Set(roots.map(({ kind }) => kind))).toEqual(new Set(['SERVER']))
    const ids = new Set(receiver.spans().map(({ spanId }) => spanId))
    const orphans = receiver
      .spans()
      .filter(({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId))
    expect(orphans).toEqual([])
  })

  it('leaves what the user has set', async () => {
    demo = new Demo([], {
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_SERVICE_NAME: 'mine',
      OTEL_TRACES_SAMPLER_ARG: '0',
    })

    expect(await demo.ended).toEqual([0, null])
    expect(receiver.spans()).toEqual([])
    expect(receiver.logRecords().length).toBeGreaterThan(0)
    expect(new Set(receiver.logRecords().map(({ resource }) => resource['service.name']))).toEqual(
      new Set(['mine']),
    )
  })
})
