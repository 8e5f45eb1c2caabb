import { describe, expect, it } from '@jest/globals'
import { loadPosthogConfig } from '../../src/config/config.js'
import { VARIABLES } from '../../src/config/variables.js'

const KEY = { POSTHOG_API_KEY: 'phc_test' }

describe('loadPosthogConfig', () => {
  it('is off, and content, without a key', () => {
    const env = { POSTHOG_API_KEY: '  ', POSTHOG_IDENTIFY_PII: 'everything', POSTHOG_HOST: 'nowhere' }
    const { config, problems } = loadPosthogConfig(env)
    expect([config.enabled, config.apiKey, problems]).toEqual([false, '', []])
  })

  it('trims what it reads', () => {
    const { config } = loadPosthogConfig({
      POSTHOG_API_KEY: ' phc_test\n',
      POSTHOG_HOST: ' https://ph.example.com/// ',
    })
    expect(config).toMatchObject({ enabled: true, apiKey: 'phc_test', host: 'https://ph.example.com' })
  })

  it('obeys the master switch', () => {
    expect(loadPosthogConfig({ ...KEY, TELEMETRY_ENABLED: 'off' }).config.enabled).toBe(false)
    expect(loadPosthogConfig({ ...KEY, TELEMETRY_ENABLED: 'on' }).config.enabled).toBe(true)
  })

  it.each(['phx_personal', 'phs_secret'])(
    'stays off with the secret key %s, which browsers would get',
    (key) => {
      const { config, problems } = loadPosthogConfig({ POSTHOG_API_KEY: key })
      expect([config.enabled, config.apiKey]).toEqual([false, ''])
      expect(problems).toMatchObject([{ variable: 'POSTHOG_API_KEY', value: `${key.slice(0, 4)}…` }])
      expect(JSON.stringify(problems)).not.toContain(key)
    },
  )

  it.each(['nowhere', 'ph.example.com', 'ftp://ph.example.com', 'https://', 'javascript:alert(1)'])(
    'stays off with the host %s: no other one is meant',
    (host) => {
      const { config, problems } = loadPosthogConfig({ ...KEY, POSTHOG_HOST: host })
      expect(config.enabled).toBe(false)
      expect(problems).toMatchObject([{ variable: 'POSTHOG_HOST', value: host }])
    },
  )

  it('does not show the password of a host', () => {
    const { config, problems } = loadPosthogConfig({
      ...KEY,
      POSTHOG_HOST: 'https://me:pa55word@ph.example.com',
    })
    expect(config.enabled).toBe(false)
    expect(JSON.stringify({ config, problems })).not.toContain('pa55word')
  })

  it('says every problem at once, and goes on with defaults', () => {
    const { config, problems } = loadPosthogConfig({
      ...KEY,
      POSTHOG_IDENTIFY_PII: 'completely-bogus',
      POSTHOG_REPLAY: 'maybe',
      POSTHOG_LLM_PAYLOADS: 'sometimes',
      POSTHOG_LLM_PAYLOAD_MAX_CHARS: 'abc',
    })
    expect(config).toMatchObject({
      enabled: true,
      identifyMode: 'email',
      replayEnabled: true,
      llmPayloadsEnabled: false,
      llmPayloadMaxChars: 30_000,
    })
    expect(problems.map(({ variable }) => variable)).toEqual([
      'POSTHOG_IDENTIFY_PII',
      'POSTHOG_REPLAY',
      'POSTHOG_LLM_PAYLOADS',
      'POSTHOG_LLM_PAYLOAD_MAX_CHARS',
    ])
    expect(problems[0]?.message).toContain('none id email full')
  })

  it.each([
    ['1', 1],
    ['2000000', 1_000_000],
    ['1.5', 30_000],
    ['1e3', 30_000],
    ['', 30_000],
  ])('takes %j characters of a payload as %d', (given, used) => {
    expect(
      loadPosthogConfig({ ...KEY, POSTHOG_LLM_PAYLOAD_MAX_CHARS: given }).config.llmPayloadMaxChars,
    ).toBe(used)
  })

  it('takes modes in any case', () => {
    expect(loadPosthogConfig({ ...KEY, POSTHOG_IDENTIFY_PII: ' FULL ' }).config.identifyMode).toBe('full')
  })

  it('takes the prefix of the product from the option', () => {
    const env = { ...KEY, SHOP_VERSION: '2', SHOP_DEPLOYMENT_ENV: 'green', APP_VERSION: '1' }
    expect(loadPosthogConfig(env, { envPrefix: 'SHOP' }).config).toMatchObject({
      release: '2',
      environment: 'green',
    })
  })

  it('reads the variables that are listed, and no other', () => {
    const read = new Set<string>()
    const env = new Proxy<Record<string, string>>(
      {},
      {
        getOwnPropertyDescriptor: (_target, name) => {
          read.add(String(name))
          return { value: undefined, configurable: true, enumerable: true, writable: true }
        },
        get: (_target, name) => (name === 'POSTHOG_API_KEY' ? 'phc_test' : undefined),
      },
    )
    loadPosthogConfig(env, { envPrefix: '<PREFIX>' })
    // DEBUG is the module's of Nest.
    expect([...read].toSorted()).toEqual(
      VARIABLES.map(({ name }) => name)
        .filter((name) => name !== 'DEBUG')
        .toSorted(),
    )
  })
})
