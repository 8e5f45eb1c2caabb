import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { logRecordsOf, type OtlpAttributes, spansOf } from '@throughline/otlp'
import { ORIGIN_LIMITS, RECORD_LIMITS } from '../../../src/server/receive/limits.js'
import { binary, logRecord, logsJson, span, spansJson } from '../../support/bodies.js'
import { call } from '../../support/call.js'
import { endAfterEach, testServer, type TestServer } from '../../support/test-server.js'

endAfterEach()

const MIB = 1024 * 1024

async function post(server: TestServer, body: string | Uint8Array, path = '/v1/logs') {
  const isJson = typeof body === 'string'
  const headers = {
    'content-type': isJson ? 'application/json' : 'application/x-protobuf',
    'content-encoding': 'gzip',
  }
  return call(server.port, { path, method: 'POST', headers, body: gzipSync(body) })
}

function firstLog({ store }: TestServer) {
  const [payload] = store.payloads
  const [record] = payload?.signal === 'logs' ? logRecordsOf(payload.message) : []
  if (record === undefined) throw new Error('There is no log record.')
  return record
}

function attributes(count: number, value: object = { intValue: '1' }): object[] {
  return Array.from({ length: count }, (_, at) => ({ key: `key.${at}`, value }))
}

/** A list in a list in a list. */
function nested(depth: number): object {
  let value: object = { stringValue: 'bottom' }
  for (let at = 0; at < depth; at += 1) value = { arrayValue: { values: [value] } }
  return value
}

function depthOf(value: unknown): number {
  return Array.isArray(value) ? 1 + depthOf(value[0]) : 0
}

describe('a hostile record', () => {
  it.each(['json', 'protobuf'])('with 10,000 attributes keeps the first of them, in %s', async (encoding) => {
    const server = await testServer()
    const json = logsJson(logRecord({ attributes: attributes(10_000), droppedAttributesCount: 2 }))
    const { status } = await post(server, encoding === 'json' ? json : binary('logs', json))
    expect(status).toBe(200)
    const [payload] = server.store.payloads
    const record = payload?.signal === 'logs' && payload.message.resourceLogs[0]?.scopeLogs[0]?.logRecords[0]
    expect(record).toMatchObject({ droppedAttributesCount: 10_002 - RECORD_LIMITS.attributes })
    expect(Object.keys(firstLog(server).attributes)).toHaveLength(RECORD_LIMITS.attributes)
  })

  it('with attributes in attributes keeps as many values as one may have', async () => {
    const server = await testServer()
    const list = { arrayValue: { values: Array.from({ length: 1000 }, () => ({ intValue: '1' })) } }
    await post(server, logsJson(logRecord({ attributes: attributes(100, list) })))
    const values = Object.values(firstLog(server).attributes) as unknown[][]
    const count = values.reduce((sum, value) => sum + 1 + value.length, 0)
    expect([values.length, count]).toEqual([100, RECORD_LIMITS.values])
  })

  it('that is 200 values deep is cut', async () => {
    const server = await testServer()
    expect(await post(server, logsJson(logRecord({ body: nested(200) })))).toMatchObject({ status: 200 })
    expect(depthOf(firstLog(server).body)).toBe(RECORD_LIMITS.depth)
  })

  it.each([2000, 200_000])('that is %i values deep is refused, and the others are not', async (depth) => {
    const server = await testServer()
    // Too deep for JSON.stringify.
    const body = `${'{"arrayValue":{"values":['.repeat(depth)}{"intValue":"1"}${']}}'.repeat(depth)}`
    const text = logsJson(logRecord({ body: 'DEEP' }), logRecord({ eventName: 'good' })).replace(
      '"DEEP"',
      body,
    )
    const { status } = await post(server, text)
    expect([200, 400, 413]).toContain(status)
    expect(server.defects).toEqual([])
    if (status === 200) expect(firstLog(server).eventName).toBe('good')
  })

  it('of protobuf that is too deep is refused, and the others are not', async () => {
    const server = await testServer()
    // kvlist of kvlist: each level wraps what is in it.
    let value = Buffer.from([0x0a, 0x01, 0x78])
    for (let at = 0; at < 2000; at += 1) value = wrap(0x2a, wrap(0x0a, value))
    const record = wrap(0x12, wrap(0x2a, value))
    const good = wrap(0x12, wrap(0x62, Buffer.from('good')))
    const { status, body } = await post(server, wrap(0x0a, wrap(0x12, Buffer.concat([record, good]))))
    expect([status, body.length > 0]).toEqual([200, true])
    expect(firstLog(server).eventName).toBe('good')
  })

  it('of 5 MB is cut to what is kept of one text', async () => {
    const server = await testServer()
    const large = 'ä'.repeat(5 * MIB)
    const { status } = await post(
      server,
      spansJson(span({ name: large, attributes: attributes(40, { stringValue: large.slice(0, 100_000) }) })),
      '/v1/traces',
    )
    expect(status).toBe(200)
    const [payload] = server.store.payloads
    const [found] = payload?.signal === 'traces' ? spansOf(payload.message) : []
    expect(found?.name).toHaveLength(RECORD_LIMITS.text + 1)
    const texts = Object.values(found?.attributes ?? {}) as string[]
    expect(texts.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(RECORD_LIMITS.texts)
  })

  it('with markup everywhere is text', async () => {
    const server = await testServer()
    const markup = '<script>alert(1)</script>'
    const entry = [{ key: markup, value: { stringValue: markup } }]
    const fields = {
      eventName: markup,
      severityText: markup,
      body: { stringValue: markup },
      attributes: entry,
    }
    await post(server, logsJson(logRecord(fields)))
    expect(firstLog(server)).toMatchObject({
      eventName: markup,
      body: markup,
      attributes: { [markup]: markup },
    })
    const { headers } = await call(server.port, { path: '/api/records/7' })
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-content-type-options': 'nosniff' })
  })

  it('with the names of prototypes is a record like others', async () => {
    const server = await testServer()
    const entry = [{ key: '__proto__', value: { stringValue: 'x' } }]
    const text = logsJson(logRecord({ attributes: entry })).replace(
      '{"timeUnix',
      '{"__proto__":{"a":1},"timeUnix',
    )
    expect(await post(server, text)).toMatchObject({ status: 200 })
    const found: OtlpAttributes = firstLog(server).attributes
    expect([Object.keys(found), ({} as { a?: number }).a]).toEqual([['__proto__'], undefined])
  })
})

describe('a hostile resource', () => {
  it('is cut to less than a record, for every record bears it', async () => {
    const server = await testServer()
    const resource = { attributes: attributes(10_000, { stringValue: 'x'.repeat(20_000).slice(0, 200) }) }
    await post(
      server,
      JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [logRecord()] }] }] }),
    )
    const values = Object.values(firstLog(server).resource) as string[]
    expect(values).toHaveLength(ORIGIN_LIMITS.attributes)
    expect(values.join('').length).toBeLessThanOrEqual(ORIGIN_LIMITS.texts)
  })

  it('of one name after another is taken as it comes', async () => {
    const server = await testServer()
    const resourceLogs = Array.from({ length: 10_000 }, (_, at) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: `service-${at}` } }] },
      scopeLogs: [{ logRecords: [logRecord()] }],
    }))
    expect(await post(server, JSON.stringify({ resourceLogs }))).toMatchObject({ status: 200 })
  })
})

describe('a hostile body', () => {
  it('of gzip that grows a thousandfold is refused', async () => {
    const server = await testServer()
    const { status } = await post(server, Buffer.alloc(200 * MIB))
    expect([status, server.store.payloads]).toEqual([413, []])
  })

  it('of millions of empty records is refused before it is decoded', async () => {
    const server = await testServer()
    const records = Buffer.alloc(4 * MIB)
    for (let at = 0; at < records.length; at += 2) records[at] = 0x12
    const { status } = await post(server, wrap(0x0a, wrap(0x12, records)))
    expect([status, server.store.payloads]).toEqual([413, []])
  })

  it('of millions of empty objects is refused before it is decoded', async () => {
    const server = await testServer()
    const { status } = await post(server, `{"resourceLogs":[${'{},'.repeat(2_000_000)}{}]}`)
    expect([status, server.store.payloads]).toEqual([413, []])
  })

  it('of unknown fields leaves nothing of them', async () => {
    const server = await testServer()
    const unknown = Buffer.alloc(MIB)
    for (let at = 0; at < unknown.length; at += 2) unknown[at] = 0x7a
    const { status } = await post(server, wrap(0x0a, wrap(0x12, wrap(0x12, unknown))))
    expect(status).toBe(200)
    const [payload] = server.store.payloads
    const record = payload?.signal === 'logs' && payload.message.resourceLogs[0]?.scopeLogs[0]?.logRecords[0]
    expect(record).not.toHaveProperty('$unknown')
  })
})

/** A field of protobuf: its tag, the length, the bytes. */
function wrap(tag: number, bytes: Uint8Array): Buffer<ArrayBuffer> {
  const length: number[] = []
  for (let rest = bytes.length; ; rest >>>= 7) {
    if (rest < 0x80) {
      length.push(rest)
      break
    }
    length.push((rest & 0x7f) | 0x80)
  }
  return Buffer.concat([Buffer.from([tag, ...length]), bytes])
}
