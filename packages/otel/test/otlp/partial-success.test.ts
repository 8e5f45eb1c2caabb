import { describe, expect, it } from '@jest/globals'
import {
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import { readRefusal } from '../../src/otlp/partial-success.js'
import { ProtobufWriter } from '../../src/otlp/protobuf-writer.js'
import { Random } from './random.js'

/** An answer with a partial success that is written like this. */
function answer(write: (writer: ProtobufWriter) => void): Uint8Array {
  const writer = new ProtobufWriter()
  const start = writer.begin(1)
  write(writer)
  writer.end(start)
  return writer.take()
}

/** Fields that no version of OTLP knows, of every type. */
function unknown(writer: ProtobufWriter): void {
  writer.int64(17, -1)
  writer.double(18, 1)
  writer.string(2_000, 'text')
  writer.fixed32(100_000, 1)
}

const REFUSED = answer((writer) => {
  writer.int64(1, 300)
  writer.string(2, 'too öld')
})

describe('readRefusal', () => {
  it('reads how many and why', () => {
    expect(readRefusal(REFUSED)).toEqual({ count: 300, reason: 'too öld' })
  })

  it.each<[string, Uint8Array]>([
    ['an empty answer', new Uint8Array()],
    ['an empty partial success', answer(() => {})],
    ['a warning', answer((writer) => writer.string(2, 'old format'))],
    ['a negative count', answer((writer) => writer.int64(1, -1))],
    ['a count that is a text', answer((writer) => writer.string(1, '5'))],
    ['text', Buffer.from('<html>not found</html>')],
    ['JSON', Buffer.from('{"partialSuccess":{"rejectedSpans":"3"}}')],
    ['bytes of ones', Buffer.alloc(32, 0xff)],
    ['a group', Buffer.from([0x0b, 0x0c])],
  ])('takes %s for an acceptance', (_, bytes) => {
    expect(readRefusal(bytes)).toBeUndefined()
  })

  it('says so where no reason is given', () => {
    expect(readRefusal(answer((writer) => writer.int64(1, 1)))).toEqual({
      count: 1,
      reason: 'no reason given',
    })
  })

  it('does not mind fields that it does not know', () => {
    const writer = new ProtobufWriter()
    unknown(writer)
    writer.encoded(
      answer((writer) => {
        unknown(writer)
        writer.int64(1, 5)
        unknown(writer)
      }),
    )
    unknown(writer)
    expect(readRefusal(writer.take())).toEqual({ count: 5, reason: 'no reason given' })
  })

  it('takes what is broken off for an acceptance', () => {
    for (let length = 0; length < REFUSED.length; length++) {
      expect(readRefusal(REFUSED.subarray(0, length))).toBeUndefined()
    }
  })

  it('reads what the official reader reads, of each signal', () => {
    for (let seed = 0; seed < 150; seed++) {
      const random = new Random(seed)
      const bytes = answer((writer) => {
        if (random.below(3) > 0) writer.int64(1, random.pick([0, 1, 127, 128, 2 ** 32, 2 ** 53, 2 ** 62]))
        if (random.below(2) === 0) unknown(writer)
        if (random.below(3) > 0) writer.string(2, random.string())
      })
      const { rejectedSpans = 0, errorMessage } =
        ProtobufTraceSerializer.deserializeResponse(bytes).partialSuccess ?? {}
      const expected = { count: rejectedSpans, reason: errorMessage || 'no reason given' }
      expect(readRefusal(bytes)).toEqual(Number(rejectedSpans) > 0 ? expected : undefined)
      const logs = ProtobufLogsSerializer.deserializeResponse(bytes)
      const metrics = ProtobufMetricsSerializer.deserializeResponse(bytes)
      expect([
        logs.partialSuccess?.rejectedLogRecords ?? 0,
        metrics.partialSuccess?.rejectedDataPoints ?? 0,
      ]).toEqual([rejectedSpans, rejectedSpans])
    }
  })

  it('never throws', () => {
    for (let seed = 0; seed < 5_000; seed++) {
      const random = new Random(seed)
      const bytes = Uint8Array.from(random.list(40, () => random.below(256)))
      const { count = 1 } = readRefusal(bytes) ?? {}
      expect(count).toBeGreaterThan(0)
    }
  })
})
