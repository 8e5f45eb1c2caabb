import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import picomatch from 'picomatch'
import { renderAllowList } from '../../src/render/allow-list.js'
import { hostileText } from '../arbitraries.js'
import { shop } from './shop.js'

const listOf = (names: readonly string[]): string =>
  renderAllowList({
    events: names.map((name) => ({ name, level: 'info', attributes: {}, locations: [] })),
    warnings: [],
  })

/** How `LOG_EXPORT_EVENTS` reads such a file (packages/otel, logs/event-filter.ts). */
function globsOf(text: string): string[] {
  return Buffer.from(text)
    .toString()
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
}

const lets = (globs: readonly string[], name: string): boolean =>
  globs.some((glob) => picomatch(glob, { bash: true, dot: true, nonegate: true })(name))

describe('renderAllowList', () => {
  it('lists names below a comment, sorted', () => {
    expect(renderAllowList({ ...shop, events: shop.events.toReversed() })).toBe(
      '# Every event that this code emits, made by `throughline events --allow-list`: for LOG_EXPORT_EVENTS=./<this file>.\n' +
        'cart.opened\norder.paid\n',
    )
  })

  it('lets out every name that it was made of', () => {
    fc.assert(
      fc.property(fc.array(hostileText.filter((name) => name !== '')), (names) => {
        const globs = globsOf(listOf(names))
        expect(names.filter((name) => !lets(globs, name))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it.each(['./a', '../a', ' a', 'a#b', '"a"', 'a\\b'])('lets out %j', (name) => {
    expect(lets(globsOf(listOf([name])), name)).toBe(true)
  })

  it.each(['*', 'draft.*', '{a,b}', '[ab]', '!a', '+(a|b)', '?(a)'])(
    'takes %s for a name, not for a glob',
    (name) => {
      const globs = globsOf(listOf([name]))
      expect(lets(globs, name)).toBe(true)
      expect(['a', 'b', 'draft.x', 'anything'].filter((other) => lets(globs, other))).toEqual([])
    },
  )
})
