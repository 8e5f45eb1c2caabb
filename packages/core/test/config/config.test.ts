import { describe, expect, it } from '@jest/globals'
import { loadConfig } from '../../src/config/config.js'
import { readCases } from '../conformance/cases.js'

interface Case {
  id: string
  group: string
  env: NodeJS.ProcessEnv
  input?: { option?: string; packageJson?: { name: string } }
  expected: Record<string, unknown>
}

/** What the pure resolution decides; the rest of a case is for tests that start a process. */
const PURE = [
  'format',
  'level',
  'tracing',
  'tracesUrl',
  'logsUrl',
  'sampleRatio',
  'serviceName',
  'headers',
  'initialised',
  'warnings',
]

const cases = readCases<{ cases: Case[] }>('config').cases.filter(({ group }) =>
  ['logging', 'otel', 'headers'].includes(group),
)

describe('loadConfig', () => {
  it.each(cases)('$group: $id', ({ env, input, expected }) => {
    const { config, problems } = loadConfig(env, {
      serviceName: input?.option,
      packageName: input?.packageJson?.name,
    })
    const packageName = input?.packageJson?.name
    const found = { ...config, initialised: config.enabled, warnings: problems.length }
    const wanted = Object.entries(expected).filter(([name]) => PURE.includes(name))
    expect(found).toMatchObject(
      Object.fromEntries(
        wanted.map(([name, value]) => [name, String(value).startsWith('<name from') ? packageName : value]),
      ),
    )
  })

  it('resolves an empty environment', () => {
    expect(loadConfig({})).toEqual({
      config: {
        enabled: true,
        level: 'debug',
        format: 'pretty',
        structured: true,
        tracing: false,
        exportLevel: 'info',
        headers: {},
        tracesHeaders: {},
        logsHeaders: {},
        metricsHeaders: {},
        exportEvents: ['*'],
        sampler: 'parentbased_traceidratio',
        sampleRatio: 0.1,
        serviceName: 'unknown_service:node',
        resourceAttributes: {},
        spanBatch: { delayMs: 5_000, timeoutMs: 30_000, queueSize: 2_048, batchSize: 512 },
        logBatch: { delayMs: 1_000, timeoutMs: 30_000, queueSize: 2_048, batchSize: 512 },
        metricIntervalMs: 60_000,
        metricTimeoutMs: 30_000,
        sqlComments: true,
        excludedPaths: [],
        logExcludedPaths: [],
        baggageKeys: ['*'],
      },
      problems: [],
    })
  })

  it('takes any other NODE_ENV as JSON and info', () => {
    expect(loadConfig({ NODE_ENV: 'staging' }).config).toMatchObject({ format: 'json', level: 'info' })
  })

  it('reports all problems at once, naming variable, value and what is used', () => {
    const { problems } = loadConfig({
      LOG_LEVEL: 'loud',
      LOG_FORMAT: 'xml',
      TELEMETRY_ENABLED: 'maybe',
      OTEL_TRACES_SAMPLER_ARG: 'abc',
    })
    expect(problems).toEqual([
      {
        variable: 'TELEMETRY_ENABLED',
        value: 'maybe',
        message: 'TELEMETRY_ENABLED="maybe" is not one of 1 true yes on 0 false no off; using true',
      },
      {
        variable: 'LOG_LEVEL',
        value: 'loud',
        message: 'LOG_LEVEL="loud" is not one of trace debug info warn error fatal; using debug',
      },
      {
        variable: 'LOG_FORMAT',
        value: 'xml',
        message: 'LOG_FORMAT="xml" is not one of json pretty; using pretty',
      },
      {
        variable: 'OTEL_TRACES_SAMPLER_ARG',
        value: 'abc',
        message: 'OTEL_TRACES_SAMPLER_ARG="abc" is not a number from 0 to 1; using 0.1',
      },
    ])
  })

  it.each(['not a url', 'ftp://c', 'c:4318', '//c'])(
    'refuses the endpoint %p with one problem',
    (endpoint) => {
      const { config, problems } = loadConfig({ OTEL_ENABLED: '1', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
      expect(config.tracing).toBe(false)
      expect(problems).toHaveLength(1)
      expect(problems[0]?.variable).toBe('OTEL_EXPORTER_OTLP_ENDPOINT')
    },
  )

  it('shows no password of an endpoint that it refuses', () => {
    const env = { OTEL_ENABLED: '1', OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://me:s3cret@collector' }
    expect(loadConfig(env).problems).toEqual([
      {
        variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        value: 'ftp://[REDACTED]@collector',
        message: 'OTEL_EXPORTER_OTLP_ENDPOINT="ftp://[REDACTED]@collector" is not an http(s) URL; ignored',
      },
    ])
  })

  it('lets OTEL_SDK_DISABLED win over everything', () => {
    const env = { OTEL_ENABLED: '1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }
    expect(loadConfig(env).config.tracing).toBe(false)
  })

  it('keeps a path in the endpoint and lets a signal have its own', () => {
    const { config } = loadConfig({
      OTEL_ENABLED: '1',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c/otlp//',
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://logs/in',
    })
    expect(config.tracesUrl).toBe('https://c/otlp/v1/traces')
    expect(config.logsUrl).toBe('https://logs/in')
    expect(config.metricsUrl).toBe('https://c/otlp/v1/metrics')
  })

  it.each([
    ['5', 1],
    ['-1', 0],
    ['Infinity', 1],
    ['', 0.1],
  ])('clamps the ratio %p to %p', (raw, ratio) => {
    expect(loadConfig({ OTEL_TRACES_SAMPLER_ARG: raw })).toMatchObject({
      config: { sampleRatio: ratio },
      problems: [],
    })
  })

  it('skips header items without a key or a value, and keeps a bad escape raw', () => {
    const { config } = loadConfig({ OTEL_EXPORTER_OTLP_HEADERS: ' a = b ,,=x,novalue,c=%zz,__proto__=1' })
    expect(Object.entries(config.headers)).toEqual([
      ['a', 'b'],
      ['c', '%zz'],
      ['__proto__', '1'],
    ])
  })

  it('says that a list has items that are not key=value, without showing them', () => {
    const { problems } = loadConfig({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization: Bearer secret',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'a=1,=secret,secret',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=,',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name:prod',
    })
    expect(problems.map(({ message }) => message)).toEqual([
      'OTEL_EXPORTER_OTLP_HEADERS: 1 item is not key=value; ignored',
      'OTEL_EXPORTER_OTLP_LOGS_HEADERS: 2 items are not key=value; ignored',
      'OTEL_RESOURCE_ATTRIBUTES: 1 item is not key=value; ignored',
    ])
    expect(JSON.stringify(problems)).not.toContain('secret')
  })

  it('takes service.name of the resource before the package name', () => {
    const env = { OTEL_RESOURCE_ATTRIBUTES: 'a=b,service.name=shop' }
    expect(loadConfig(env, { packageName: 'pkg' }).config.serviceName).toBe('shop')
    expect(loadConfig(env, { packageName: 'pkg', serviceName: 'option' }).config.serviceName).toBe('option')
  })

  it('changes nothing of what it reads', () => {
    const env = Object.freeze({ LOG_LEVEL: ' INFO ' })
    expect(loadConfig(env).config.level).toBe('info')
  })

  const OTEL = { OTEL_ENABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }

  it('has no URL for a signal that is not exported', () => {
    const { config, problems } = loadConfig({
      ...OTEL,
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: ' None ',
      OTEL_METRICS_EXPORTER: 'prometheus',
    })
    expect(config.tracing).toBe(true)
    expect([config.tracesUrl, config.logsUrl, config.metricsUrl]).toEqual([
      undefined,
      undefined,
      'http://localhost:4318/v1/metrics',
    ])
    expect(problems.map(({ variable }) => variable)).toEqual(['OTEL_METRICS_EXPORTER'])
  })

  it('adds the headers of a signal to those of all', () => {
    const { config } = loadConfig({
      OTEL_EXPORTER_OTLP_HEADERS: 'a=1,b=2',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'b=3%2C,c=4',
    })
    expect(config.headers).toEqual({ a: '1', b: '2' })
    expect(config.tracesHeaders).toEqual({ a: '1', b: '2' })
    expect(config.logsHeaders).toEqual({ a: '1', b: '3,', c: '4' })
  })

  it.each(['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'PARENTBASED_ALWAYS_OFF'])(
    'knows the sampler %s',
    (name) => {
      const { config, problems } = loadConfig({ OTEL_TRACES_SAMPLER: name })
      expect(config.sampler).toBe(name.toLowerCase())
      expect(problems).toEqual([])
    },
  )

  it('notes numbers that are none, and keeps a batch within its queue', () => {
    const { config, problems } = loadConfig({
      ...OTEL,
      OTEL_TRACES_SAMPLER: 'jaeger_remote',
      OTEL_BSP_SCHEDULE_DELAY: 'soon',
      OTEL_BSP_MAX_QUEUE_SIZE: '100',
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '-1',
      OTEL_METRIC_EXPORT_INTERVAL: '99999999999',
      OTEL_EXPORTER_OTLP_TIMEOUT: '0',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd',
    })
    expect(config.sampler).toBe('parentbased_traceidratio')
    expect(config.spanBatch).toMatchObject({ delayMs: 5_000, queueSize: 100, batchSize: 100 })
    expect(config.logBatch.batchSize).toBe(512)
    expect(config.metricIntervalMs).toBe(60_000)
    expect(problems.map(({ variable }) => variable)).toEqual([
      'OTEL_TRACES_SAMPLER',
      'OTEL_BSP_SCHEDULE_DELAY',
      'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
      'OTEL_METRIC_EXPORT_INTERVAL',
      'OTEL_EXPORTER_OTLP_COMPRESSION',
      'OTEL_EXPORTER_OTLP_TIMEOUT',
    ])
  })

  it('reads which events and which attributes of the process are given', () => {
    const { config } = loadConfig({
      LOG_EXPORT_EVENTS: ' draft.*, ./events.txt ,',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=x%20y',
    })
    expect(config.exportEvents).toEqual(['draft.*', './events.txt'])
    expect(config.resourceAttributes).toEqual({ 'deployment.environment.name': 'x y' })
  })
})
