import { describe, expect, it } from '@jest/globals'
import { statementOf } from '../../src/model/views/sql.js'

describe('the comment of a statement', () => {
  it.each([
    ["select 1 /*request_id='abc'*/", 'select 1', "request_id='abc'"],
    ["select 1 /* a='b',c='d' */ ; ", 'select 1', "a='b',c='d'"],
    ["select /* x */ 1 /*a='*'*/", 'select /* x */ 1', "a='*'"],
  ])('is split off %s', (text, statement, comment) => {
    expect(statementOf(text)).toEqual({ text: statement, comment })
  })

  it.each([
    'select 1',
    'select 1 /* no pairs */',
    "select 1 /*a='b'*/ from x",
    "/*a='b'*/ select 1 */",
    "select 1 /*a='b'",
    '/*/',
    `select 1 /*a='${'x'.repeat(2000)}'*/`,
  ])('is not there in %s', (text) => {
    expect(statementOf(text)).toEqual({ text })
  })
})
