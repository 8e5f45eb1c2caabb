import 'reflect-metadata'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { readJobContext, withJobContext } from '@throughline/bullmq'
import { TelemetryWorkerHost } from '@throughline/bullmq/nestjs'
import { bindContext, getLogger } from '@throughline/core'
import {
  captureTelemetry,
  createFakeJob,
  createFakeSocketServer,
  type TelemetryCapture,
} from '@throughline/testing'
import { WithTelemetry } from '@throughline/ws'
import '@throughline/testing/jest'
import type { Job } from 'bullmq'
import type { WebSocket } from 'ws'

// Here and not in the package of the fakes: that one must not depend on those it stands in for.
const log = getLogger('draft')
let telemetry: TelemetryCapture

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  telemetry = captureTelemetry()
})

afterEach(() => telemetry.stop())

class GradeProcessor extends TelemetryWorkerHost {
  async process(job: Job<{ draft: number }>): Promise<number> {
    await job.updateProgress(100)
    log.info('draft_graded')
    return job.data.draft
  }
}

describe('createFakeJob', () => {
  it('goes through a processor in the context it was made with', async () => {
    const job = createFakeJob({
      id: '9',
      name: 'grade',
      queueName: 'drafts',
      data: { draft: 7 },
      attemptsMade: 1,
      context: { 'request.id': 'abc', 'user.id': 42, secret: 'kept back' },
    })
    expect(await withJobContext(job, () => new GradeProcessor().process(job))).toBe(7)
    expect(job.calls.progress).toEqual([100])
    expect(telemetry).toHaveLogged('draft.draft_graded', {
      'request.id': 'abc',
      'user.id': 42,
      'job.id': '9',
      'job.name': 'grade',
      'job.queue': 'drafts',
      'job.attempt': 2,
      secret: undefined,
    })
  })

  it('is a tick of a scheduler with repeatJobKey: no user, an id of its own', () => {
    const context = readJobContext(
      createFakeJob({ repeatJobKey: 'nightly', context: { 'request.id': 'abc', 'user.id': 42 } }),
    )
    expect(context['user.id']).toBeUndefined()
    expect(context['request.id']).toMatch(/^[\da-f-]{36}$/)
  })

  it('has a context of its own when its metadata is malformed', () => {
    const job = createFakeJob({ opts: { telemetry: { metadata: '{' } } })
    withJobContext(job, () => log.info('still_running'))
    expect(telemetry).toHaveLogged('still_running', { 'request.id': expect.any(String) })
  })
})

class DraftGateway extends WithTelemetry() {
  handleConnection(socket: WebSocket): void {
    log.info('spectator_joined')
    socket.on('message', () => {
      bindContext({ 'user.id': 42 })
      log.info('pick_received')
    })
    socket.on('close', () => log.info('spectator_left'))
  }
}

describe('createFakeSocketServer', () => {
  it('connects sockets to a gateway in one context each', () => {
    const server = createFakeSocketServer()
    const gateway = new DraftGateway() as DraftGateway & { afterInit(server: unknown): void }
    gateway.afterInit(server)
    server.on('connection', (socket) => gateway.handleConnection(socket))

    const first = server.connect({
      url: '/ws',
      headers: { 'X-Request-ID': 'one' },
      remoteAddress: '10.0.0.1',
    })
    server.connect({ headers: { 'X-Request-ID': 'two' } }).closeWith(4000)
    first.receive('hero 3')
    first.closeWith()

    expect(telemetry.logs.map(({ event, context }) => `${context['request.id']} ${event}`)).toEqual([
      'one ws_connected',
      'one spectator_joined',
      'two ws_connected',
      'two spectator_joined',
      'two spectator_left',
      'two ws_disconnected',
      'one pick_received',
      'one spectator_left',
      'one ws_disconnected',
    ])
    expect(telemetry).toHaveLogged('ws_connected', { 'client.address': '10.0.0.1' })
    expect(telemetry).toHaveLogged('ws_disconnected', { 'ws.close_code': 4000 })
    expect(telemetry).toHaveLogged('ws_disconnected', { 'ws.messages_received': 1, 'user.id': 42 })
  })
})
