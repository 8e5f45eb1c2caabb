import { runInNewContext } from 'node:vm'
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { runWithContext } from '../../src/context/context.js'
import type { ContextFields } from '../../src/context/fields.js'
import type { LevelName } from '../../src/logger/level.js'
import { getLogger, type Logger } from '../../src/logger/logger.js'
import type { LogRecord } from '../../src/logger/log-record.js'
import { slot } from '../../src/slot.js'
import { loadActiveTrace } from '../../src/telemetry/active-trace.js'
import { readCases } from '../conformance/cases.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

interface Case {
  id: string
  input: {
    logger: string | null
    level: LevelName
    event: string
    attributes?: object
    attributes_js?: string
    binds?: object[]
    context?: ContextFields
    baggage?: Record<string, string>
    active_span?: { traceId: string; spanId: string }
  }
  expected: {
    body?: string
    eventName?: string
    severityText?: string
    attributes?: Record<string, unknown>
    traceId?: string
    spanId?: string
    console?: object
    console_json?: object
  }
  absent_attributes?: string[]
}

/** Attributes that an export adds; the console does not repeat the event's name. */
const EXPORT_ONLY = '<eventAttribute>'

let harness: Harness
const records: LogRecord[] = []

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  slot.activeTrace = await loadActiveTrace()
})

afterEach(() => {
  harness.close()
  records.length = 0
})

function run({ input }: Case): void {
  harness = openRuntime({ LOG_LEVEL: 'trace' })
  harness.runtime.addSink({ level: 'trace', write: (record) => records.push(record) })
  let log: Logger = input.logger === null ? getLogger() : getLogger(input.logger)
  for (const bound of input.binds ?? []) log = log.bind(bound)
  // JavaScript for what JSON cannot say, in a realm of its own as a vm or a test runner has.
  const attributes =
    input.attributes_js === undefined ? input.attributes : runInNewContext(input.attributes_js)
  let active = context.active()
  if (input.baggage !== undefined) {
    const entries = Object.entries(input.baggage).map(([key, value]) => [key, { value }] as const)
    active = propagation.setBaggage(active, propagation.createBaggage(Object.fromEntries(entries)))
  }
  if (input.active_span !== undefined) {
    active = trace.setSpanContext(active, { ...input.active_span, traceFlags: 1 })
  }
  context.with(active, () => {
    runWithContext(input.context ?? {}, () => log.log(input.level, input.event, attributes as object))
  })
}

/** What a case says nothing about is not compared. */
function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

describe('a record', () => {
  it.each(readCases<{ cases: Case[] }>('log-records').cases)('$id', (given) => {
    run(given)
    const { expected, absent_attributes = [] } = given
    const [record] = records as [LogRecord]
    const attributes: Record<string, unknown> = { ...record.context, ...record.attributes }
    const [line] = harness.lines() as [Record<string, unknown>]

    const { body, severityText, traceId, spanId } = expected
    const { [EXPORT_ONLY]: _, ...wanted } = expected.attributes ?? {}
    const named = { event: body, level: severityText, eventName: expected.eventName, traceId, spanId }
    expect(record).toMatchObject(withoutUndefined(named))
    expect(record.traceId).toBe(traceId)
    expect(attributes).toMatchObject(wanted)
    for (const absent of absent_attributes) expect(attributes).not.toHaveProperty([absent])
    expect(line).toMatchObject(
      withoutUndefined({ event: body, level: severityText, trace_id: traceId, span_id: spanId }),
    )
    expect(line).toMatchObject(expected.console ?? expected.console_json ?? {})
    expect('trace_id' in line).toBe(traceId !== undefined)
  })

  it('has its parts on the console in the documented order', () => {
    run({
      id: 'order',
      input: {
        logger: 'm',
        level: 'info',
        event: 'e',
        attributes: { call: 1 },
        binds: [{ bound: 2 }],
        context: { 'request.id': 'r' },
        baggage: { carried: '4' },
        active_span: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' },
      },
      expected: {},
    })
    const [line = ''] = harness.text()
    expect(line.replace(/"timestamp":"[^"]+"/, '"timestamp":"T"')).toBe(
      '{"timestamp":"T","level":"info","event":"e","logger":"m","call":1,"bound":2,"request.id":"r","carried":"4",' +
        '"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"}',
    )
  })

  it('takes nothing of our own vocabulary from baggage', () => {
    run({
      id: 'vocabulary',
      input: {
        logger: 'm',
        level: 'info',
        event: 'e',
        baggage: {
          'user.id': '1',
          user__id: '1',
          'request.id': 'x',
          labels: 'x',
          password: 'p',
          ok: 'y'.repeat(300),
        },
      },
      expected: {},
    })
    expect({ ...records[0]?.attributes }).toEqual({
      password: '[REDACTED]',
      ok: `${'y'.repeat(256)}…[truncated 44 chars]`,
    })
  })

  it('takes no id of a label and nothing of the context from baggage, and of a span its ids only', () => {
    const labels = {
      mounts: [],
      rootResources: [],
      resources: [{ segments: ['drafts'], id: ['int' as const] }],
    }
    harness.close()
    harness = openRuntime({}, { labels })
    harness.runtime.addSink({ write: (record) => records.push(record) })
    const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
    const { activeTrace } = slot
    slot.activeTrace = {
      ids: () => ({ ...ids, traceFlags: 1, isRemote: true }),
      baggage: () => Object.entries({ 'draft.id': '1', tenant: 'theirs', ok: '1' }),
    }
    runWithContext({ tenant: 'ours' }, () => getLogger().info('e'))
    slot.activeTrace = activeTrace
    expect({
      ...records[0],
      attributes: { ...records[0]?.attributes },
      context: { ...records[0]?.context },
    }).toEqual({
      time: expect.any(Number),
      level: 'info',
      event: 'e',
      eventName: 'e',
      attributes: { ok: '1' },
      context: { tenant: 'ours' },
      ...ids,
      traceFlags: 1,
    })
  })
})
