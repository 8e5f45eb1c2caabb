import { describe, expect, it } from '@jest/globals'
import { linkProblem, linkTo } from '../../src/render/link.js'

const TEMPLATE = 'https://github.com/acme/shop/blob/main/{path}#L{line}'

describe('linkTo', () => {
  it.each([
    ['src/a.ts:7', 'src/a.ts#L7'],
    ['src/[id]/a b.ts:1', 'src/%5Bid%5D/a%20b.ts#L1'],
    ['src/(shop)/page.ts:1', 'src/%28shop%29/page.ts#L1'],
    ['src/ä#?.ts:1', 'src/%C3%A4%23%3F.ts#L1'],
    ['src/{line}.ts:3', 'src/%7Bline%7D.ts#L3'],
    ['src/\ud800.ts:1', 'src/%EF%BF%BD.ts#L1'],
  ])('leads from %s to %s', (location, end) => {
    expect(linkTo(location, TEMPLATE)).toBe(`https://github.com/acme/shop/blob/main/${end}`)
  })

  it.each(['/srv/a.ts:1', '../a.ts:1', 'C:/a.ts:1'])('has no address for %s', (location) => {
    expect(linkTo(location, TEMPLATE)).toBeUndefined()
  })

  it('does not let a template end the link', () => {
    expect(linkTo('a.ts:1', 'x) <b>/{path}')).toBe('x%29%20%3Cb%3E/a.ts')
  })
})

describe('linkProblem', () => {
  it.each([
    [TEMPLATE, true, undefined],
    ['https://x/{path}', false, undefined],
    ['https://x/#L{line}', true, 'it has no {path}'],
    [TEMPLATE, false, '{line} is left out by --no-lines'],
    ['https://x/{sha}/{path}', true, '{sha} is neither {path} nor {line}'],
  ])('of %s with lines %s is %s', (template, lines, problem) => {
    expect(linkProblem(template, lines)).toBe(problem)
  })
})
