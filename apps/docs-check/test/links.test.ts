import { describe, expect, it } from '@jest/globals'
import { anchorsOf, findDeadLinks } from '../src/links.js'
import { readPages } from '../src/pages.js'

describe('the links between pages', () => {
  it.each(readPages().map((page) => [page.path, page] as const))('of %s lead somewhere', (_path, page) => {
    expect(findDeadLinks(page)).toEqual([])
  })
})

describe('findDeadLinks', () => {
  const dead = (text: string) => findDeadLinks({ path: 'docs/page.md', text })

  it('finds files and anchors that are not there, by their line', () => {
    expect(dead('[a](missing.md)\n[b](#missing)\n[c](../../outside.md)')).toEqual([
      'docs/page.md:1: missing.md',
      'docs/page.md:2: #missing',
      'docs/page.md:3: ../../outside.md',
    ])
  })

  it('leaves addresses, code and blocks alone', () => {
    expect(dead('[a](https://example.com/x) `[b](c.md)`\n```ts\n[d](e.md)\n```')).toEqual([])
  })

  it('knows files, folders and images', () => {
    expect(dead('[a](../LICENSE) [b](../packages) <img src="../README.md">')).toEqual([])
  })
})

describe('anchorsOf', () => {
  it('makes anchors as GitHub does', () => {
    expect([...anchorsOf('# The `user.id` field: why?\n## One\n## One\n```\n# not me\n```')]).toEqual([
      'the-userid-field-why',
      'one',
      'one-1',
    ])
  })
})
