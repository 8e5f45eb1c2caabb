import { describe, expect, it } from '@jest/globals'
import { loadPosthogConfig } from '../../src/config/config.js'
import { renderSnippet } from '../../src/snippet/render-snippet.js'
import { userBlock, type UserBlock } from '../../src/user/identity.js'
import { runSnippet } from '../support/browser.js'
import { type Case, conformance } from './cases.js'

interface Expected {
  contains?: string[]
  not_contains?: string[]
  super_properties?: object
  identify_called?: boolean
  identify_args?: unknown[]
}

describe('user-block', () => {
  it.each(conformance('user-block'))('%s', (_id, { env, input, expected }: Case) => {
    const { config } = loadPosthogConfig(env)
    expect({ block: userBlock(config, (input as { user: unknown }).user) ?? null }).toEqual(expected)
  })
})

describe('snippet', () => {
  it.each(conformance('snippet'))('%s', (_id, { env, input, expected }: Case) => {
    const { block, config: overrides } = input as { block: UserBlock | null; config: object }
    const wanted = expected as Expected
    const { config } = loadPosthogConfig(env)
    const snippet = renderSnippet({ ...config, ...overrides }, { block: block ?? undefined })
    const calls = runSnippet(snippet)

    // One of the texts names two spellings of one option.
    for (const text of wanted.contains ?? []) {
      expect(text.split(' or ').some((spelling) => snippet.includes(spelling))).toBe(true)
    }
    for (const text of wanted.not_contains ?? []) expect(snippet).not.toContain(text)
    if (wanted.super_properties !== undefined) expect(calls.registered).toEqual(wanted.super_properties)
    if (wanted.identify_called === false) expect(calls.identified).toBeUndefined()
    if (wanted.identify_args !== undefined) expect(calls.identified).toEqual(wanted.identify_args)
  })
})
