import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from '@jest/globals'
import { plainAttributes, plainValue } from '../src/attributes.js'
import {
  AnyValueSchema,
  KeyValueSchema,
  type AnyValue,
  type KeyValue,
} from '../src/proto/opentelemetry/proto/common/v1/common_pb.js'

const any = (value: AnyValue['value']) => create(AnyValueSchema, { value })
const integer = (value: bigint) => any({ case: 'intValue', value })

function entry(key: string, value?: AnyValue): KeyValue {
  return create(KeyValueSchema, { key, ...(value === undefined ? {} : { value }) })
}

describe('plainValue', () => {
  it.each([
    ['text', any({ case: 'stringValue', value: '' }), ''],
    ['a boolean', any({ case: 'boolValue', value: false }), false],
    ['an integer', integer(-7n), -7],
    ['the largest safe integer', integer(9007199254740991n), 9007199254740991],
    ['an integer beyond it', integer(9007199254740993n), 9007199254740993n],
    ['a number', any({ case: 'doubleValue', value: Number.NaN }), Number.NaN],
    ['bytes', any({ case: 'bytesValue', value: Uint8Array.of(0, 255) }), Uint8Array.of(0, 255)],
    ['no value', any({ case: undefined }), null],
    ['an absent value', undefined, null],
  ])('shows %s', (_what, value, expected) => {
    expect(plainValue(value)).toEqual(expected)
  })
})

describe('plainAttributes', () => {
  it('shows a key that comes again under a name of its own', () => {
    const repeated = [entry('a', integer(1n)), entry('a', integer(2n)), entry('a#2', integer(3n)), entry('a')]

    expect(plainAttributes(repeated)).toEqual({ a: 1, 'a#2': 2, 'a#2#2': 3, 'a#3': null })
  })

  it('takes any key for a key', () => {
    const plain = plainAttributes([
      entry('__proto__', integer(1n)),
      entry('', integer(2n)),
      entry('toString'),
    ])

    expect(Object.entries(plain)).toEqual([
      ['__proto__', 1],
      ['', 2],
      ['toString', null],
    ])
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype)
  })
})
