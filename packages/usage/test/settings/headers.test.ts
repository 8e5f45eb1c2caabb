import { describe, expect, it } from '@jest/globals'
import { readHeaders } from '../../src/settings/headers.js'

describe('readHeaders', () => {
  it('takes what HTTP takes', () => {
    expect(readHeaders({ authorization: 'Bearer abc', 'x-key': '' })).toEqual({
      authorization: 'Bearer abc',
      'x-key': '',
    })
    expect(readHeaders(undefined)).toEqual({})
  })

  it.each([[{ 'a b': 'c' }], [{ a: 'b\r\nc: d' }], [{ a: 1 }], ['a=b'], [null]])('refuses %j', (given) => {
    expect(readHeaders(given)).toBeUndefined()
  })
})
