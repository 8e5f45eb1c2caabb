import { describe, expect, it } from '@jest/globals'
import { metricsUrl } from '../../src/settings/endpoint.js'

describe('metricsUrl', () => {
  it.each([
    ['https://telemetry.acme.dev', 'https://telemetry.acme.dev/v1/metrics'],
    ['https://telemetry.acme.dev/', 'https://telemetry.acme.dev/v1/metrics'],
    ['http://localhost:4318', 'http://localhost:4318/v1/metrics'],
    ['https://acme.dev/otlp//', 'https://acme.dev/otlp/v1/metrics'],
    ['https://acme.dev/otlp?key=1#top', 'https://acme.dev/otlp/v1/metrics?key=1'],
    ['HTTPS://ACME.dev', 'https://acme.dev/v1/metrics'],
  ])('appends the path of metrics to %s', (endpoint, url) => {
    expect(metricsUrl(endpoint)).toBe(url)
  })

  it.each([
    'localhost:4318',
    'acme.dev',
    'grpc://acme.dev:4317',
    'file:///tmp/x',
    'javascript:alert(1)',
    'https://',
    '',
  ])('takes %j for no endpoint', (endpoint) => {
    expect(metricsUrl(endpoint)).toBeUndefined()
  })
})
