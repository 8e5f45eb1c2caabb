import { describe, expect, it } from '@jest/globals'
import { type NestLine, readNestLine } from '../../src/logger/nest-line.js'

const error = new TypeError('boom')
const stack = 'Error: x\n    at file.js:1:2'

const cases: [name: string, args: unknown[], line: NestLine][] = [
  ['a message', ['started'], { domain: '', event: 'started', attributes: undefined }],
  ['a message and a context', ['started', 'App'], { domain: 'App', event: 'started', attributes: undefined }],
  [
    'an object',
    [{ event: 'paid', amount: 5 }, 'Bank'],
    { domain: 'Bank', event: 'paid', attributes: { amount: 5 } },
  ],
  [
    'an object with a message',
    [{ message: 'paid', amount: 5 }],
    { domain: '', event: 'paid', attributes: { amount: 5 } },
  ],
  ['an object with msg', [{ msg: 'paid' }], { domain: '', event: 'paid', attributes: undefined }],
  ['an object without a name', [{ amount: 5 }], { domain: '', event: 'log', attributes: { amount: 5 } }],
  ['an error', [error, 'X'], { domain: 'X', event: 'boom', attributes: { error } }],
  [
    'an error without a message',
    [new RangeError()],
    { domain: '', event: 'RangeError', attributes: { error: new RangeError() } },
  ],
  ['a message and an error', ['failed', error, 'X'], { domain: 'X', event: 'failed', attributes: { error } }],
  [
    'a stack',
    ['failed', stack],
    { domain: '', event: 'failed', attributes: { 'exception.stacktrace': stack } },
  ],
  [
    'a stack and a context',
    ['failed', stack, 'X'],
    { domain: 'X', event: 'failed', attributes: { 'exception.stacktrace': stack } },
  ],
  [
    'a context and a stack',
    ['failed', 'X', stack],
    { domain: 'X', event: 'failed', attributes: { 'exception.stacktrace': stack } },
  ],
  ['an absent stack', ['failed', undefined, 'X'], { domain: 'X', event: 'failed', attributes: undefined }],
  [
    'objects',
    ['paid', { amount: 5 }, { by: 'card' }, 'X'],
    { domain: 'X', event: 'paid', attributes: { amount: 5, by: 'card' } },
  ],
  ['values', ['paid', 5, true, 'X'], { domain: 'X', event: 'paid', attributes: { params: [5, true] } }],
  ['a list', [[1, 2]], { domain: '', event: 'log', attributes: { value: [1, 2] } }],
  ['a number', [5], { domain: '', event: '5', attributes: undefined }],
  ['null', [null], { domain: '', event: 'null', attributes: undefined }],
  ['a function, which is called', [() => 'lazy'], { domain: '', event: 'lazy', attributes: undefined }],
]

describe('readNestLine', () => {
  it.each(cases)('reads %s', (_, [message, ...rest], line) => {
    expect(readNestLine(message, rest, true)).toEqual(line)
  })

  it('takes a stack trace for a stack of errors only', () => {
    expect(readNestLine('slow', [stack], false)).toEqual({
      domain: stack,
      event: 'slow',
      attributes: undefined,
    })
  })

  it('stays linear on text that is nearly a stack trace', () => {
    const text = `x${'\n'.repeat(200_000)}`

    expect(readNestLine('slow', [text], true).domain).toBe(text)
  })
})
