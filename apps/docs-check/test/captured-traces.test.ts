import 'reflect-metadata'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { AddressInfo } from 'node:net'
import { Controller, type INestApplication, Module, Param, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { trace } from '@opentelemetry/api'
import { telemetry as jobTelemetry, TelemetryWorker } from '@throughline/bullmq'
import { getLogger, initTelemetry } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'
import { startRedis } from '@throughline/services'
import { captureTelemetry, createFakeSocketServer, type TelemetryCapture } from '@throughline/testing'
import { instrumentWebSocketServer } from '@throughline/ws'
import '@throughline/testing/jest'
import { Queue } from 'bullmq'
import { lineOf } from './names/lines.js'

// OpenTelemetry is off: what is shown here is what a capture makes of the framework packages by itself.
process.env.LOG_LEVEL = 'fatal'
let telemetry: TelemetryCapture

beforeEach(() => {
  telemetry = captureTelemetry()
})

afterEach(() => telemetry.stop())

/** Names of spans, each below its parent's by two blanks, in the order in which they began. */
function outline(parentId?: string, indent = ''): string[] {
  return telemetry.spans
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parentId)
    .toSorted((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1])
    .flatMap((span) => [`${indent}${span.name}`, ...outline(span.spanContext().spanId, `${indent}  `)])
}

describe('a request that adds a job', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  let queue: Queue
  let app: INestApplication
  let url: string

  @Controller('drafts')
  class Drafts {
    @Post(':id/close')
    async close(@Param('id') id: string): Promise<void> {
      if (id === '13') throw new TypeError('cannot be closed')
      await queue.add('send', { draft: id })
    }
  }

  @Module({ imports: [TelemetryModule.forRoot()], controllers: [Drafts] })
  class AppModule {}

  beforeAll(async () => {
    redis = await startRedis({ url: process.env.REDIS_URL })
    queue = new Queue('mails', { connection: { url: redis.url }, telemetry: jobTelemetry() })
    app = await NestFactory.create(AppModule, { logger: false, forceCloseConnections: true })
    await app.listen(0, '127.0.0.1')
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`
  })

  afterAll(async () => {
    await app.close()
    await queue.obliterate({ force: true })
    await queue.close()
    await initTelemetry().shutdown()
    await redis.stop()
  })

  it('is one trace with the job, the spans of both, and one request id', async () => {
    const completed = Promise.all([lineOf('request_completed'), lineOf('job_completed')])
    await fetch(`${url}/drafts/7/close`, { method: 'POST', headers: { 'X-Request-ID': 'abc' } })
    const worker = new TelemetryWorker(
      'mails',
      async () => trace.getTracer('mailer').startActiveSpan('render', (span) => span.end()),
      { connection: { url: redis.url }, telemetry: jobTelemetry() },
    )
    await completed
    await worker.close()

    expect(outline()).toEqual(['POST /drafts/{id}/close', '  add mails', '    process mails', '      render'])
    expect(telemetry.spans.map(({ attributes }) => attributes['request.id'])).toEqual(
      Array.from({ length: 4 }, () => 'abc'),
    )
    expect(telemetry).toHaveSpan('POST /drafts/{id}/close', {
      kind: 'server',
      'http.route': '/drafts/{id}/close',
      'http.response.status_code': 201,
    })
    expect(telemetry).toHaveSpan('process mails', { kind: 'consumer', 'messaging.system': 'bullmq' })
    const names = (await telemetry.metrics()).map(({ descriptor }) => descriptor.name)
    expect(names).toEqual(['http.server.request.duration', 'messaging.process.duration'])
  })

  it('fails with a span that says so, and the error behind it', async () => {
    const failed = lineOf('request_failed')
    await fetch(`${url}/drafts/13/close`, { method: 'POST' })
    await failed
    expect(telemetry).toHaveSpan('POST /drafts/{id}/close', {
      status: 'error',
      'error.type': 'TypeError',
      'http.response.status_code': 500,
    })
    expect(outline()).toHaveLength(1)
  })
})

describe('a fake socket', () => {
  it('has the span of its upgrade, and one for each message where that is asked for', () => {
    const server = createFakeSocketServer()
    instrumentWebSocketServer(server, { messageSpans: true })
    server.on('connection', (socket) => {
      socket.on('message', () => getLogger('draft').info('pick_received'))
    })
    const socket = server.connect({ url: '/ws/drafts/7', headers: { 'X-Request-ID': 'abc' } })
    socket.receive('hero 3')
    socket.closeWith(1000)

    expect(telemetry).toHaveSpan('GET', { kind: 'server', 'request.id': 'abc', 'url.path': '/ws/drafts/7' })
    expect(telemetry).toHaveSpan('receive websocket', { 'request.id': 'abc', 'ws.message.type': 'text' })
    const [upgrade, message] = telemetry.spans
    expect(message?.links).toMatchObject([{ context: { spanId: upgrade?.spanContext().spanId } }])
    expect(telemetry).toHaveLogged('pick_received', { span_id: message?.spanContext().spanId })
  })
})
