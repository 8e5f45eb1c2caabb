import { describe, expect, it } from '@jest/globals'
import { isSharedPage } from '../../src/inject/shared-page.js'

const TOMORROW = new Date(Date.now() + 86_400_000).toUTCString()

describe('isSharedPage', () => {
  it.each([
    ['', '', false],
    ['private', '', false],
    ['private, max-age=600', '', false],
    ['no-store', '', false],
    ['no-cache, public', '', false],
    ['max-age=0, must-revalidate', '', false],
    ['public, max-age=0', '', false],
    ['public, s-maxage=0, max-age=60', '', false],
    ['public', '', true],
    ['max-age=60', '', true],
    ['PUBLIC, Max-Age="60"', '', true],
    ['s-maxage=60, max-age=0', '', true],
    ['public, max-age=0, stale-while-revalidate=30', '', true],
    ['max-age=soon', '', true],
    ['', TOMORROW, true],
    ['private', TOMORROW, false],
    ['', 'Thu, 01 Jan 1970 00:00:00 GMT', false],
    ['', '0', false],
  ])('of %j and %j is %s', (cacheControl, expires, shared) => {
    expect(isSharedPage(cacheControl, expires)).toBe(shared)
  })
})
