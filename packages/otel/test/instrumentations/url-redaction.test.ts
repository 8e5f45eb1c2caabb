import { describe, expect, it } from '@jest/globals'
import { redactQuery } from '../../src/instrumentations/url-redaction.js'

describe('redactQuery', () => {
  it.each([
    ['https://a.example/p?token=abc', 'https://a.example/p?token=REDACTED'],
    ['https://a.example/p?API-Key=abc&page=2', 'https://a.example/p?API-Key=REDACTED&page=2'],
    ['https://a.example/p?access_token=a&code=b', 'https://a.example/p?access_token=REDACTED&code=b'],
    ['https://a.example/p?user%5Bpassword%5D=a', 'https://a.example/p?user%5Bpassword%5D=REDACTED'],
    ['http://proxy:3128http://a.example/p?token=abc', 'http://proxy:3128http://a.example/p?token=REDACTED'],
    ['https://a.example/p?sig=a&sig=b', 'https://a.example/p?sig=REDACTED'],
    ['https://a.example/p?x-amz-signature=a#top', 'https://a.example/p?x-amz-signature=REDACTED#top'],
  ])('takes the secrets out of %s', (url, expected) => {
    expect(redactQuery(url)).toBe(expected)
  })

  it.each([
    'https://a.example/p',
    'https://a.example/p?page=2&level=%20x&created__gt=5&=6',
    'https://a.example/p?tokens=3',
    'https://a.example/p#?token=abc',
    'no url',
  ])('leaves %s as it is', (url) => {
    expect(redactQuery(url)).toBe(url)
  })
})
