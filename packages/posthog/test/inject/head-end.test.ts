import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Parser, type Token } from 'parse5'
import { headEnd } from '../../src/inject/head-end.js'

/** The first `</head>` that a parser by the standard sees. */
class HeadFinder extends Parser<never> {
  first = -1

  override onEndTag(token: Token.TagToken): void {
    if (this.first === -1 && token.tagName === 'head') this.first = token.location?.startOffset ?? -1
    super.onEndTag(token)
  }
}

function byTheStandard(html: string): number {
  const finder = new HeadFinder({ sourceCodeLocationInfo: true })
  finder.tokenizer.write(html, true)
  return finder.first
}

const PARTS = [
  '<',
  '>',
  '/',
  '!',
  '-',
  '--',
  '-->',
  '--!>',
  '<!--',
  '</',
  '<?',
  '?',
  '=',
  '="',
  '"',
  "'",
  ' ',
  '\n',
  'a',
  'é',
  '\u00a0',
  '<head>',
  '</head>',
  '</HEAD >',
  '</head',
  '</header>',
  '</head/>',
  '<html>',
  '<!doctype html>',
  '<meta content=',
  "<a b='",
  '<p x="',
  '<script>',
  '</script>',
  '<script',
  '</script',
  '<style>',
  '</style>',
  '<title>',
  '</title>',
  '<textarea>',
  '</textarea>',
  '<noscript>',
  '</noscript>',
]

describe('headEnd', () => {
  it.each([
    ['<html><head></head><body></head>', 12],
    ['<head><!-- </head> --></head>', 22],
    ['<head><script>"</head>"</script></head>', 32],
    ['<head><script><!-- <script> </script> </head> --></script></head>', 58],
    ['<head><title></head></title></head>', 28],
    ['<head><meta content="</head>"></head>', 30],
    ["<head><meta content='</head>'></head>", 30],
    ['<head><meta content=</head></head>', 27],
    ['<HEAD></HEAD\n>', 6],
    ['<head></header></head>', 15],
    ['<p>no head</p>', -1],
    ['<head><!-- </head>', -1],
    ['<head><script></head>', -1],
    ['<head></head', -1],
    ['</head>', 0],
    ['', -1],
  ])('in %j is at %d', (html, at) => {
    expect(headEnd(html)).toBe(at)
    expect(byTheStandard(html)).toBe(at)
  })

  it('is where a parser by the standard sees it', () => {
    const html = fc.array(fc.constantFrom(...PARTS), { maxLength: 16 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(html, (text) => headEnd(text) === byTheStandard(text)),
      { numRuns: 20_000 },
    )
  })

  it('takes as long as the page is, whatever is in it', () => {
    const hostile = [
      '<!--',
      '<a x="',
      '<script>',
      '</',
      '<',
      '<title>',
      "<a b='",
      '<script><!--<script>',
      '=',
      '<a ',
    ]
    const started = performance.now()
    for (const part of hostile) expect(headEnd(part.repeat(200_000))).toBe(-1)
    // Quadratic, one of them would take minutes.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
