import { describe, expect, it } from '@jest/globals'
import { resolveRequestId } from '../../src/context/request-id.js'

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

describe('resolveRequestId', () => {
  it.each([
    'client-provided-id-123',
    'A.b_c~d:e/f+g=h@i',
    'x'.repeat(128),
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  ])('takes %p', (id) => expect(resolveRequestId(id)).toBe(id))

  it.each([
    undefined,
    '',
    ' ',
    'a b',
    'a\u001b[31m',
    'a\n',
    'é',
    'x'.repeat(129),
    'x'.repeat(12_000),
    '"',
    5,
    {},
  ])('replaces %p by a UUID v4', (id) => expect(resolveRequestId(id as string)).toMatch(UUID_V4))

  it('takes the first of a repeated header', () => {
    expect(resolveRequestId(['a', 'b'])).toBe('a')
    expect(resolveRequestId('a, b')).toBe('a')
    expect(resolveRequestId(', b')).toMatch(UUID_V4)
    expect(resolveRequestId([])).toMatch(UUID_V4)
  })
})
