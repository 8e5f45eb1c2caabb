import { beforeAll, describe, expect, it } from '@jest/globals'
import * as official from '@opentelemetry/semantic-conventions/incubating'
import { initTelemetry } from '@throughline/core'
import { OWN_ATTRIBUTES, OWN_EVENTS, OWN_METRICS } from '@throughline/otel/names'
import { startOtlpReceiver } from '@throughline/otlp'
import { startRedis } from '@throughline/services'
import { readPage } from '../../src/pages.js'
import { tableRows } from '../../src/tables.js'
import { type KnownNames, type SeenNames, seenNames, unknownNames } from '../../src/wire-names.js'
import { runEverything } from './application.js'

/** The conventions' names whose constants begin so; templates such as those of headers are functions. */
function officialNames(prefix: string): string[] {
  return Object.entries(official).flatMap(([constant, name]) =>
    constant.startsWith(prefix) && typeof name === 'string' ? [name] : [],
  )
}

const KNOWN: KnownNames = {
  attribute: new Set([...officialNames('ATTR_'), ...Object.keys(OWN_ATTRIBUTES)]),
  event: new Set([...officialNames('EVENT_'), ...Object.keys(OWN_EVENTS)]),
  metric: new Set([...officialNames('METRIC_'), ...Object.keys(OWN_METRICS)]),
}

/** What the program of this test names itself. */
const PROGRAM: Omit<KnownNames, 'metric'> = {
  attribute: new Set(['draft.id']),
  event: new Set(['draft.draft_read', 'draft.slow_entered', 'draft.imported', 'draft.import_failed']),
}

let seen: SeenNames

beforeAll(async () => {
  const receiver = await startOtlpReceiver()
  const redis = await startRedis({ url: process.env.REDIS_URL })
  Object.assign(process.env, {
    LOG_LEVEL: 'fatal',
    LOG_EXPORT_LEVEL: 'trace',
    OTEL_ENABLED: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER: 'always_on',
  })
  try {
    await runEverything(redis.url)
  } finally {
    await initTelemetry().shutdown()
    await redis.stop()
    await receiver.stop()
  }
  seen = seenNames({
    spans: receiver.spans(),
    logRecords: receiver.logRecords(),
    metrics: receiver.metricPoints(),
  })
}, 60_000)

describe('names on the wire', () => {
  it('are those of the semantic conventions, or our own documented ones', () => {
    const rest = unknownNames(seen, {
      attribute: new Set([...KNOWN.attribute, ...PROGRAM.attribute]),
      event: new Set([...KNOWN.event, ...PROGRAM.event]),
      metric: KNOWN.metric,
    })
    expect(rest).toEqual([])
  })

  it('were collected from requests, jobs, sockets, tasks, host and pipeline', () => {
    const { attribute, event, metric } = seen
    expect([...event.keys()]).toEqual(
      expect.arrayContaining([
        'exception',
        'throughline.request_completed',
        'throughline.request_failed',
        'throughline.job_completed',
        'throughline.job_failed',
        'throughline.job_deferred',
        'throughline.ws_disconnected',
        'throughline.ws_error',
        'throughline.task_completed',
        'throughline.task_failed',
      ]),
    )
    expect([...metric.keys()]).toEqual(
      expect.arrayContaining([
        'http.server.request.duration',
        'messaging.process.duration',
        'process.memory.usage',
        'throughline.log.lines',
        'ws.server.active_connections',
      ]),
    )
    expect([...attribute.keys()]).toEqual(
      expect.arrayContaining([
        'service.name',
        'http.route',
        'messaging.system',
        'ws.message.size',
        'user.id',
      ]),
    )
  })

  it('are ours only where the conventions have none', () => {
    const own = { ...OWN_ATTRIBUTES, ...OWN_METRICS, ...OWN_EVENTS }
    const names = new Set([
      ...officialNames('ATTR_'),
      ...officialNames('METRIC_'),
      ...officialNames('EVENT_'),
    ])
    expect(Object.keys(own).filter((name) => names.has(name))).toEqual([])
  })
})

describe('docs/names.md', () => {
  const { text } = readPage('docs/names.md')

  it.each([
    ['Attributes', OWN_ATTRIBUTES],
    ['Metrics', OWN_METRICS],
    ['Events', OWN_EVENTS],
  ])('has the names of the code and their meaning: %s', (heading, names) => {
    expect(tableRows(text, heading)).toEqual(Object.entries(names))
  })
})

describe('docs/metrics.md', () => {
  const names = tableRows(readPage('docs/metrics.md').text, 'Metrics').map(([name]) => name ?? '')

  it('has every metric of our own', () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(OWN_METRICS)))
  })

  it('has no metric that there is not', () => {
    expect(names.filter((name) => !KNOWN.metric.has(name))).toEqual([])
  })
})
