import 'reflect-metadata'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Controller, Get, type INestApplication, Module, Param } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { telemetry, TelemetryWorker } from '@throughline/bullmq'
import { getLogger, initTelemetry, runUnit } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'
import { instrumentWebSocketServer } from '@throughline/ws'
import { DelayedError, type Job, Queue } from 'bullmq'
import { WebSocket, WebSocketServer } from 'ws'
import { lineOf } from './lines.js'

const log = getLogger('draft')
const labels = {
  mounts: ['ws'],
  rootResources: ['drafts'],
  resources: [{ label: 'draft', segments: ['drafts'], id: ['int' as const] }],
}

@Controller('drafts')
class Drafts {
  @Get(':id')
  one(@Param('id') id: string): { id: string } {
    log.info('draft_read', {})
    return { id }
  }

  @Get(':id/broken')
  broken(): never {
    throw new TypeError('broken')
  }

  @Get(':id/slow')
  slow(): Promise<never> {
    log.info('slow_entered')
    return new Promise(() => {})
  }
}

@Module({
  imports: [
    TelemetryModule.forRoot({
      labels,
      trust: 'loopback',
      user: () => 7,
      context: { spanKeys: ['request.id', 'user.id'] },
    }),
  ],
  controllers: [Drafts],
})
class AppModule {}

/** Does everything once that has names of its own, then hands over what is left. */
export async function runEverything(redisUrl: string): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: false, forceCloseConnections: true })
  await app.listen(0, '127.0.0.1')
  await initTelemetry().ready
  try {
    await makeRequests(app)
    await workOnJobs(redisUrl)
    await talkOnSocket()
    runTasks()
  } finally {
    await app.close()
    await initTelemetry().flush()
  }
}

async function makeRequests(app: INestApplication): Promise<void> {
  const { port } = app.getHttpServer().address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  for (const path of ['/drafts/7?secret=1', '/drafts/7/broken', '/nowhere']) {
    const response = await fetch(`${url}${path}`, { headers: { 'user-agent': 'names' } })
    await response.text()
  }
  await fetch(`${url}/drafts/7`, { method: 'PROPFIND' }).then((response) => response.text())
  const abort = new AbortController()
  const entered = lineOf('slow_entered')
  const aborted = lineOf('request_completed')
  const slow = fetch(`${url}/drafts/7/slow`, { signal: abort.signal }).catch(() => undefined)
  await entered
  abort.abort()
  await slow
  await aborted
}

async function workOnJobs(url: string): Promise<void> {
  const options = { connection: { url }, telemetry: telemetry({ labels }) }
  const queue = new Queue('mails', options)
  const worker = new TelemetryWorker('mails', perform, options)
  const ended = [lineOf('job_completed'), lineOf('job_failed'), lineOf('job_deferred')]
  await queue.add('send', { to: 'ann' })
  await queue.addBulk([
    { name: 'fail', data: {} },
    { name: 'defer', data: {} },
  ])
  await Promise.all(ended)
  const tick = lineOf('job_completed')
  await queue.upsertJobScheduler('every-hour', { every: 3_600_000 }, { name: 'send' })
  await tick
  await worker.close()
  await queue.obliterate({ force: true })
  await queue.close()
}

async function perform(job: Job, token?: string): Promise<void> {
  if (job.name === 'fail') throw new TypeError('no such address')
  if (job.name !== 'defer') return
  await job.moveToDelayed(Date.now() + 3_600_000, token)
  throw new DelayedError()
}

async function talkOnSocket(): Promise<void> {
  const server = new WebSocketServer({ port: 0 })
  instrumentWebSocketServer(server, { labels, messageSpans: true, messageLines: true })
  server.on('connection', (socket) => {
    socket.on('message', () => {
      socket.send('thanks')
    })
    socket.on('error', () => {})
  })
  const { port } = server.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/drafts/7`)
  await once(socket, 'open')
  socket.send('hero 3')
  await once(socket, 'message')
  const failed = lineOf('ws_error')
  for (const client of server.clients) client.emit('error', new TypeError('bad frame'))
  await failed
  const closed = lineOf('ws_disconnected')
  socket.close(1000)
  await closed
  await new Promise((resolve) => server.close(resolve))
}

function runTasks(): void {
  runUnit({ kind: 'task', name: 'import' }, () => log.info('imported'))
  try {
    runUnit({ kind: 'task', name: 'import' }, () => {
      throw new TypeError('no file', { cause: new Error('disk') })
    })
  } catch (error) {
    log.exception('import_failed', error)
  }
}
