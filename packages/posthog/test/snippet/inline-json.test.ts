import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { inlineJson } from '../../src/snippet/inline-json.js'

describe('inlineJson', () => {
  it('says what JSON says, in what neither ends a script nor depends on an encoding', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = inlineJson(value)
        expect(text).toMatch(/^[\x20-\x7e]*$/)
        expect(text).not.toMatch(/[<>&']/)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('escapes a script, a comment, and the line ends of JavaScript', () => {
    expect(inlineJson('</script><!--\u2028 é')).toBe('"\\u003c/script\\u003e\\u003c!--\\u2028 \\u00e9"')
  })
})
