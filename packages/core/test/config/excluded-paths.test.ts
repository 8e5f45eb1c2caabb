import { describe, expect, it } from '@jest/globals'
import { loadConfig } from '../../src/config/config.js'
import { createPathMatcher } from '../../src/config/excluded-paths.js'
import { readCases } from '../conformance/cases.js'

interface Case {
  id: string
  group: string
  env: NodeJS.ProcessEnv
  input: { path: string }
  expected: { excluded: boolean }
}

const cases = readCases<{ cases: Case[] }>('config').cases.filter(({ group }) => group === 'excluded-paths')

describe('createPathMatcher', () => {
  it.each(cases.filter(({ expected }) => 'excluded' in expected))('$id', ({ env, input, expected }) => {
    expect(createPathMatcher(loadConfig(env).config.excludedPaths)(input.path)).toBe(expected.excluded)
  })

  it.each([
    ['health', '/healthy', false],
    ['health', '/api/health', false],
    ['health', '/health?x=1', true],
    ['api/*/health', '/api/v1/health', true],
    ['api/*/health', '/api/v1/v2/health', false],
    ['api/*', '/api', false],
    ['a.b', '/aXb', false],
    ['(x', '/(x', true],
    ['/', '/', false],
  ])('%p on %p is %p', (pattern, path, excluded) => {
    expect(createPathMatcher([pattern])(path)).toBe(excluded)
  })

  it('lets no query pass for a part of the path', () => {
    expect(createPathMatcher(['*/metrics'])('/admin?x=/metrics')).toBe(false)
    expect(createPathMatcher(['*'])('/?x=1')).toBe(false)
  })
})
