import { describe, expect, it } from '@jest/globals'
import type { UsageOptions } from '../../src/options.js'
import { type Decision, decide } from '../../src/settings/settings.js'

const OPTIONS: UsageOptions = {
  prefix: 'acme',
  surface: 'sdk_node',
  version: '1.2.3',
  endpoint: 'https://telemetry.acme.dev',
}

const on = (options: Partial<UsageOptions> = {}, env: NodeJS.ProcessEnv = {}): Decision =>
  decide({ ...OPTIONS, ...options }, { ACME_TELEMETRY: 'on', ...env })

describe('decide', () => {
  it('has the endpoint of the code, with its headers', () => {
    expect(on({ headers: { 'x-key': 'public' } })).toMatchObject({
      reason: 'opted_in',
      settings: {
        prefix: 'acme',
        url: 'https://telemetry.acme.dev/v1/metrics',
        headers: { 'x-key': 'public' },
      },
    })
  })

  it('has that of the environment win, to which no header goes', () => {
    const env = { ACME_OTLP_ENDPOINT: ' http://127.0.0.1:4318 ' }
    expect(on({ headers: { 'x-key': 'public' } }, env)).toMatchObject({
      settings: { url: 'http://127.0.0.1:4318/v1/metrics', headers: {} },
    })
  })

  it('does not fall back to the endpoint of the code where that of the environment is no URL', () => {
    expect(on({}, { ACME_OTLP_ENDPOINT: 'localhost:4318' })).toEqual({ reason: 'invalid_endpoint' })
    expect(on({}, { ACME_OTLP_ENDPOINT: '  ' })).toMatchObject({ reason: 'opted_in' })
  })

  it('takes no yes and no endpoint from Object.prototype', () => {
    const polluted = Object.prototype as Record<string, unknown>
    Object.assign(polluted, { ACME_TELEMETRY: 'on', ACME_OTLP_ENDPOINT: 'https://elsewhere.example' })
    try {
      expect(decide(OPTIONS, {})).toEqual({ reason: 'not_opted_in' })
      const url = 'https://telemetry.acme.dev/v1/metrics'
      expect(decide({ ...OPTIONS, enabled: true }, {})).toMatchObject({ settings: { url } })
    } finally {
      for (const name of ['ACME_TELEMETRY', 'ACME_OTLP_ENDPOINT']) delete polluted[name]
    }
  })

  it('says why there is nowhere to send to', () => {
    expect(on({ endpoint: undefined })).toEqual({ reason: 'no_endpoint' })
    expect(on({ endpoint: '' })).toEqual({ reason: 'no_endpoint' })
    expect(on({ endpoint: 'ftp://acme.dev' })).toEqual({ reason: 'invalid_endpoint' })
  })

  it('writes the prefix as variables and metrics are written', () => {
    expect(decide({ ...OPTIONS, prefix: 'Acme-SDK' }, { ACME_SDK_TELEMETRY: '1' })).toMatchObject({
      settings: { prefix: 'acme_sdk', resource: { 'service.name': 'acme_sdk' } },
    })
  })

  it.each(['', '1acme', 'ac me', 'acme.sdk', 'ä', 'a'.repeat(65), 5, null, undefined])(
    'stays off for the prefix %j',
    (prefix) => {
      expect(on({ prefix: prefix as string })).toEqual({ reason: 'invalid_options' })
    },
  )

  it.each([
    { surface: '' },
    { version: '' },
    { surface: 5 },
    { version: undefined },
    { headers: { a: '\n' } },
  ])('stays off for %j', (options) => {
    expect(on(options as Partial<UsageOptions>)).toEqual({ reason: 'invalid_options' })
  })

  it('does not take for options what stands on Object.prototype', () => {
    const polluted = Object.prototype as { endpoint?: string; enabled?: boolean }
    polluted.endpoint = 'https://evil.example'
    polluted.enabled = true
    try {
      const { endpoint: _, ...rest } = OPTIONS
      expect(decide(rest, {})).toEqual({ reason: 'not_opted_in' })
      expect(decide(rest, { ACME_TELEMETRY: 'on' })).toEqual({ reason: 'no_endpoint' })
    } finally {
      delete polluted.endpoint
      delete polluted.enabled
    }
  })
})
