import { describe, expect, it } from '@jest/globals'
import { findFences, withoutFences } from '../src/fences.js'
import { findSnippets, findUnmarked } from '../src/snippets.js'

const page = (...lines: string[]) => ({ path: 'docs/page.md', text: lines.join('\n') })

describe('findFences', () => {
  it('tells language, words, content and line', () => {
    expect(findFences('a\n```ts run A=1\nx()\n```\n````md\n```\n````')).toEqual([
      { line: 3, language: 'ts', words: ['run', 'A=1'], content: 'x()' },
      { line: 6, language: 'md', words: [], content: '```' },
    ])
  })

  it('says which block is never closed', () => {
    expect(() => findFences('a\n```ts')).toThrow('line 2')
  })

  it('blanks blocks line for line', () => {
    expect(withoutFences('a\n```ts\nb\nc\n```\nd')).toBe('a\n```ts\n\n\n```\nd')
  })
})

describe('findSnippets', () => {
  it('reads mode, environment and promised output', () => {
    expect(
      findSnippets(
        page(
          '```ts run LOG_LEVEL=debug',
          'x()',
          '```',
          '```text output',
          'X',
          '```',
          '```ts compile',
          'y()',
          '```',
        ),
      ),
    ).toEqual([
      {
        title: 'docs/page.md:2',
        name: 'docs-page-md-2',
        line: 2,
        code: 'x()',
        runs: true,
        env: { LOG_LEVEL: 'debug' },
        output: { language: 'text', content: 'X' },
      },
      {
        title: 'docs/page.md:8',
        name: 'docs-page-md-8',
        line: 8,
        code: 'y()',
        runs: false,
        env: {},
        output: undefined,
      },
    ])
  })

  it('finds TypeScript that nothing checks', () => {
    expect(findUnmarked(page('```ts', 'x()', '```', '```sh', 'ls', '```'))).toEqual(['docs/page.md:2'])
  })
})
