import { createContext, runInContext } from 'node:vm'
import type { PostHogConfig } from '@posthog/types'
import { describe, expect, it } from '@jest/globals'
import { loadPosthogConfig } from '../../src/config/config.js'
import { initOptions } from '../../src/snippet/init-options.js'
import { renderSnippet } from '../../src/snippet/render-snippet.js'
import { runSnippet, scriptOf } from '../support/browser.js'

function configOf(env: Record<string, string> = {}): ReturnType<typeof loadPosthogConfig>['config'] {
  return loadPosthogConfig({ POSTHOG_API_KEY: 'phc_test', ...env }).config
}

const ADA = { distinctId: 'u-1', props: { email: 'ada@example.com', name: 'Ada' } }

describe('renderSnippet', () => {
  it('is one script of ASCII, whatever the values are', () => {
    const hostile = `</script><script>alert(1)</script><!-- \u2028 é "'\\`
    const block = { distinctId: hostile, props: { email: hostile, name: hostile } }
    const env = { POSTHOG_ENVIRONMENT: hostile, APP_VERSION: hostile, POSTHOG_REPLAY_MASK_SELECTOR: hostile }
    const snippet = renderSnippet(configOf(env), {
      block,
      nonce: hostile,
      context: { 'request.id': hostile },
    })

    expect(snippet).toMatch(/^[\n\x20-\x7e]*$/)
    expect(snippet.match(/<\/?script/g)).toEqual(['<script', '</script'])
    expect(snippet).not.toContain('<!--')
    const { registered, identified } = runSnippet(snippet)
    expect(registered).toEqual({
      environment: hostile.trim(),
      release: hostile.trim(),
      user_id: hostile,
      user_email: hostile,
      user_name: hostile,
    })
    expect(identified).toEqual([hostile, { email: hostile, name: hostile }])
  })

  it('starts with options that posthog-js knows', () => {
    const options: Partial<PostHogConfig> = {
      ...initOptions(configOf()),
      custom_personal_data_properties: [...initOptions(configOf()).custom_personal_data_properties],
    }
    expect(runSnippet(renderSnippet(configOf(), {})).options).toMatchObject({
      ...options,
    })
    expect(runSnippet(renderSnippet(configOf(), {})).options).not.toHaveProperty('tracing_headers')
    expect(runSnippet(renderSnippet(configOf(), { linkReplay: true })).options).toMatchObject({
      tracing_headers: ['shop.example'],
    })
  })

  it('masks what it is told to, and records nothing when it is off', () => {
    const selector = '.invoice, [data-private]'
    const masked = runSnippet(renderSnippet(configOf({ POSTHOG_REPLAY_MASK_SELECTOR: selector }), {}))
    expect(masked.options).toMatchObject({
      disable_session_recording: false,
      session_recording: { maskAllInputs: true, maskTextSelector: selector },
    })
    const off = runSnippet(renderSnippet(configOf({ POSTHOG_REPLAY: 'no' }), {}))
    expect(off.options).toMatchObject({ disable_session_recording: true })
    expect(off.options).not.toHaveProperty('session_recording')
  })

  it('takes away what a browser has kept of a former user', () => {
    expect(runSnippet(renderSnippet(configOf(), {})).unregistered).toEqual([
      'user_id',
      'user_email',
      'user_name',
    ])
    const block = { distinctId: 'u-1', props: {} }
    expect(runSnippet(renderSnippet(configOf(), { block })).unregistered).toEqual(['user_email', 'user_name'])
  })

  it('says nothing of anybody, and takes nothing away, in a page that is shared', () => {
    const snippet = renderSnippet(configOf(), {
      block: ADA,
      isShared: true,
      context: { 'request.id': 'r-1' },
    })
    const { registered, identified, unregistered } = runSnippet(snippet)
    expect(snippet).not.toMatch(/u-1|ada@|r-1/)
    expect([registered, identified, unregistered]).toEqual([{ environment: 'unknown' }, undefined, []])
  })

  it('gives events the ids of the request, and leaves their own properties as they are', () => {
    const context = { 'request.id': 'r-1', trace_id: 't-1' }
    const { options } = runSnippet(renderSnippet(configOf(), { context }))
    const beforeSend = options['before_send'] as unknown as (event: unknown) => unknown
    expect(beforeSend({ event: '$pageview', properties: { trace_id: 'own' } })).toEqual({
      event: '$pageview',
      properties: { 'request.id': 'r-1', trace_id: 'own' },
    })
    expect(beforeSend(null)).toBeNull()
  })

  it('puts only a usable nonce into the page', () => {
    expect(renderSnippet(configOf(), { nonce: 'aB3+/_-=' })).toMatch(/^<script nonce="aB3\+\/_-=">/)
    expect(renderSnippet(configOf(), { nonce: '"><script>' })).toMatch(/^<script>/)
  })
})

interface Page {
  posthog?: unknown[] & { _i: unknown[][]; init: unknown; capture(...args: unknown[]): void; __SV: number }
}

/** Runs a snippet in a page without PostHog, and gives the page and the elements it got. */
function open(snippet: string, window: Page = {}): { window: Page; scripts: Record<string, unknown>[] } {
  const scripts: Record<string, unknown>[] = []
  const document = {
    createElement: () => {
      const element: Record<string, unknown> = {}
      element['setAttribute'] = (name: string, value: string) => void (element[name] = value)
      return element
    },
    head: { appendChild: (element: Record<string, unknown>) => void scripts.push(element) },
  }
  runInContext(scriptOf(snippet), createContext({ window, document }))
  return { window, scripts }
}

describe('a page without PostHog', () => {
  it.each([
    ['https://eu.i.posthog.com', 'https://eu-assets.i.posthog.com/static/array.js'],
    ['https://us.i.posthog.com/', 'https://us-assets.i.posthog.com/static/array.js'],
    ['https://ph.example.com/ingest/', 'https://ph.example.com/ingest/static/array.js'],
  ])('with %s loads %s', (host, source) => {
    const { scripts } = open(renderSnippet(configOf({ POSTHOG_HOST: host }), { nonce: 'abc' }))
    expect(scripts).toMatchObject([{ src: source, async: true, crossOrigin: 'anonymous', nonce: 'abc' }])
  })

  it('keeps calls and the start for array.js, in the form that it takes over', () => {
    const { window } = open(renderSnippet(configOf(), {}))
    const { posthog } = window
    posthog?.capture('clicked', { button: 1 })

    expect(posthog?.__SV).toBe(1)
    expect(JSON.parse(JSON.stringify(posthog))).toEqual([['capture', 'clicked', { button: 1 }]])
    expect(posthog?._i).toHaveLength(1)
    expect(posthog?._i[0]?.[0]).toBe('phc_test')
    expect(posthog?._i[0]?.[2]).toBe('posthog')
  })

  it('leaves a PostHog alone that runs already', () => {
    const running = { __loaded: true } as never
    const { window, scripts } = open(renderSnippet(configOf(), {}), { posthog: running })
    expect(window.posthog).toBe(running)
    expect(scripts).toEqual([])
  })

  it('gives scripts that PostHog loads later the nonce too', () => {
    const { window } = open(renderSnippet(configOf(), { nonce: 'abc' }))
    const options = window.posthog?._i[0]?.[1] as Record<string, (element: object) => unknown>
    const attributes: unknown[] = []
    const element = { setAttribute: (...args: unknown[]) => void attributes.push(args) }
    expect(options['prepare_external_dependency_script']?.(element)).toBe(element)
    expect(attributes).toEqual([['nonce', 'abc']])
  })

  it('takes queries and fragments out of addresses that posthog-js sends as they are', () => {
    const { options } = runSnippet(renderSnippet(configOf(), {}))
    const { before_send, session_recording } = options as unknown as {
      before_send(event: object | null): object | null
      session_recording: { maskCapturedNetworkRequestFn(request: object): object }
    }
    const frames = (suffix: string) => [
      { stacktrace: { frames: [{ filename: `https://shop.example/account${suffix}`, lineno: 3 }, {}] } },
      { value: 'without a stack' },
    ]
    const chain = (suffix: string) =>
      `a:attr__href="/account${suffix}"href="/account${suffix}"text="why? #1";form:attr__action="/pay${suffix}"`
    const properties = (suffix: string) => ({
      $exception_list: frames(suffix),
      $elements_chain: chain(suffix),
      $external_click_url: `https://elsewhere.example/${suffix}`,
    })
    const event = before_send({ properties: properties('?token=s3cret#s3cret') })

    expect(JSON.parse(JSON.stringify(event))).toEqual({ properties: properties('') })
    expect(before_send(null)).toBeNull()
    const request = { name: 'https://shop.example/api?token=s3cret', duration: 3 }
    expect(session_recording.maskCapturedNetworkRequestFn(request)).toEqual({
      name: 'https://shop.example/api',
      duration: 3,
    })
  })
})
