import { expect, it } from '@jest/globals'
import type { LogRecord } from '../../src/logger/log-record.js'
import { PendingRecords } from '../../src/telemetry/pending-records.js'

const record = (time: number): LogRecord => ({
  time,
  level: 'info',
  event: 'e',
  eventName: 'e',
  attributes: {},
  context: {},
})

it('hands on what came first, in order, and counts the rest', () => {
  const pending = new PendingRecords()
  for (let time = 0; time < 1_200; time++) pending.write(record(time))
  const given: number[] = []
  pending.giveTo({ write: ({ time }) => given.push(time) })
  pending.giveTo({ write: ({ time }) => given.push(time) })
  expect(given).toEqual(Array.from({ length: 1_000 }, (_, time) => time))
  expect(pending.dropped).toBe(200)
})
