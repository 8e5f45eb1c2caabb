import { expect, it } from '@jest/globals'
import { messageSize } from '../../src/message/message-size.js'

it.each<[string, unknown, number | undefined]>([
  ['text in bytes of UTF-8', 'zürich', 7],
  ['no text', '', 0],
  ['a buffer', Buffer.alloc(3), 3],
  ['a view', new Uint16Array(3), 6],
  ['an ArrayBuffer', new ArrayBuffer(4), 4],
  ['a blob', new Blob(['abc']), 3],
  ['fragments', [Buffer.alloc(2), Buffer.alloc(3)], 5],
  ['a number, which ws writes out', 42, undefined],
  ['nothing', undefined, undefined],
  ['null', null, undefined],
])('measures %s', (_name, data, size) => {
  expect(messageSize(data)).toBe(size)
})
