import { describe, expect, it } from '@jest/globals'
import { startRedis } from '@throughline/services'
import { compileSnippets } from '../src/compile.js'
import { readPages } from '../src/pages.js'
import { problemOf, runSnippets } from '../src/run.js'
import { findSnippets, findUnmarked, type Snippet } from '../src/snippets.js'

// All at once and before the tests are listed: one compiler, one Redis, a few processes at a time.
const pages = readPages()
const snippets = pages.flatMap(findSnippets)
const problems = compileSnippets(snippets)
const redis = await startRedis()
const runnable = snippets.filter(({ runs, name }) => runs && !problems.has(name))
const runs = await runSnippets(runnable, { REDIS_URL: redis.url })
await redis.stop()

const titled = (list: readonly Snippet[]) => list.map((snippet) => [snippet.title, snippet] as const)

describe('every snippet', () => {
  it.each(titled(snippets))('at %s compiles', (_title, { name }) => {
    expect(problems.get(name) ?? '').toBe('')
  })

  it('is marked with what it claims', () => {
    const ours = pages.filter(({ path }) => !path.startsWith('packages/'))
    expect(ours.flatMap(findUnmarked)).toEqual([])
  })

  it('is known to the compiler', () => {
    expect([...problems.keys()].filter((name) => !snippets.some((snippet) => snippet.name === name))).toEqual(
      [],
    )
  })
})

describe('the output', () => {
  it.each(titled(runnable))('of %s is what its page says', (_title, { name }) => {
    const run = runs.get(name)
    expect(run === undefined ? 'it did not run' : problemOf(run)).toBe('')
  })
})
