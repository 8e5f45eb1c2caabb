import 'reflect-metadata'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { BullModule, getQueueToken, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq'
import {
  Inject,
  Injectable,
  type INestApplicationContext,
  Module,
  type OnModuleInit,
  Scope,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { type Job, type Queue, Worker } from 'bullmq'
import { getLogger, runWithContext } from '@throughline/core'
import { telemetry, TelemetryWorker } from '../../src/index.js'
import { TelemetryWorkerHost } from '../../src/nestjs/index.js'
import { embeddedRedis, nativeRedis } from '../harness/backend.js'
import { REQUEST, Rig } from '../harness/rig.js'

const log = getLogger('mail')

@Injectable()
class Mailer {
  send(to: string): void {
    log.info('mail_sent', { to })
  }
}

@Processor('mails')
class MailProcessor extends TelemetryWorkerHost implements OnModuleInit {
  hooks: string[] = []

  constructor(@Inject(Mailer) private readonly mailer: Mailer) {
    super()
  }

  onModuleInit(): void {
    this.hooks.push('init')
  }

  async process(job: Job): Promise<string> {
    await job.updateProgress(50)
    if (job.name === 'fails') throw new Error('no such address')
    this.mailer.send(job.data.to)
    return 'sent'
  }

  @OnWorkerEvent('active')
  active(): void {
    log.info('active')
  }

  @OnWorkerEvent('progress')
  progress(): void {
    log.info('progress')
  }

  @OnWorkerEvent('completed')
  completed(_job: Job, result: string): void {
    log.info('completed', { result })
  }

  @OnWorkerEvent('failed')
  failed(_job: Job, error: Error): void {
    log.info('failed', { message: error.message })
  }
}

const signals: unknown[] = []

@Processor('fields')
class FieldProcessor extends TelemetryWorkerHost {
  override process = async (_job: Job, _token?: string, signal?: AbortSignal): Promise<void> => {
    signals.push(signal?.aborted)
    log.info('field_ran')
  }
}

@Processor({ name: 'scoped', scope: Scope.REQUEST })
class ScopedProcessor extends TelemetryWorkerHost {
  constructor(@Inject(Mailer) private readonly mailer: Mailer) {
    super()
  }

  async process(job: Job): Promise<void> {
    this.mailer.send(job.data.to)
  }
}

@Processor('plain')
class PlainProcessor extends WorkerHost {
  async process(): Promise<void> {
    log.info('plain_ran')
  }
}

describe('TelemetryWorkerHost', () => {
  let rig: Rig
  let application: INestApplicationContext | undefined

  beforeAll(async () => {
    rig = await Rig.open(nativeRedis ?? embeddedRedis)
  }, 60_000)
  afterEach(async () => {
    await application?.close()
    application = undefined
    BullModule.workerClass = Worker
    await rig.reset()
  })
  afterAll(() => rig.close())

  function mailModule() {
    @Module({
      imports: [
        BullModule.forRoot({ connection: rig.connection, telemetry: telemetry() }),
        BullModule.registerQueue(...['mails', 'fields', 'scoped', 'plain'].map((name) => ({ name }))),
      ],
      providers: [Mailer, MailProcessor, FieldProcessor, ScopedProcessor, PlainProcessor],
    })
    class MailModule {}
    return MailModule
  }

  async function start(): Promise<INestApplicationContext> {
    application = await NestFactory.createApplicationContext(mailModule(), { logger: false })
    return application
  }

  function add(name: string, queue: string): Promise<Job> {
    const target = application?.get<Queue>(getQueueToken(queue))
    return runWithContext(REQUEST, () => target!.add(name, { to: 'ann' }))
  }

  const eventsOf = (queue: string): string[] =>
    rig.lines.all.filter(({ context }) => context['job.queue'] === queue).map(({ event }) => event)

  it('runs process and the worker events in the context of the job', async () => {
    await start()
    const job = await add('welcome', 'mails')
    await rig.lines.until('completed')
    expect(eventsOf('mails')).toEqual([
      'active',
      'job_started',
      'progress',
      'mail_sent',
      'job_completed',
      'completed',
    ])
    const context = {
      ...REQUEST,
      'job.id': job.id,
      'job.name': 'welcome',
      'job.queue': 'mails',
      'job.attempt': 1,
    }
    for (const line of rig.lines.all.filter(({ context }) => 'job.id' in context)) {
      expect(line.context).toEqual(context)
    }
    expect(rig.lines.of('completed')[0]?.attributes).toEqual({ result: 'sent' })
  })

  it('fails in the context of the job', async () => {
    await start()
    await add('fails', 'mails')
    const [line] = await rig.lines.until('failed')
    expect(line?.context).toMatchObject(REQUEST)
    expect(eventsOf('mails')).toEqual(['active', 'job_started', 'progress', 'job_failed', 'failed'])
  })

  it('leaves constructor injection and lifecycle hooks of the subclass alone', async () => {
    await start()
    const processor = application?.get(MailProcessor)
    expect(processor?.hooks).toEqual(['init'])
    expect(processor?.worker).toBeInstanceOf(Worker)
    expect(Object.keys(processor ?? {}).toSorted()).toEqual(['hooks', 'mailer'])
  })

  it('takes a process that is a class field, and gives it the AbortSignal it asks for', async () => {
    await start()
    await add('field', 'fields')
    await rig.lines.until('job_completed')
    expect(eventsOf('fields')).toEqual(['job_started', 'field_ran', 'job_completed'])
    expect(signals).toEqual([false])
  })

  it('takes a processor that Nest makes anew for each job', async () => {
    await start()
    await add('scoped', 'scoped')
    await rig.lines.until('job_completed')
    expect(eventsOf('scoped')).toEqual(['job_started', 'mail_sent', 'job_completed'])
  })

  it('leaves a plain WorkerHost with what telemetry() gives it', async () => {
    await start()
    await add('plain', 'plain')
    const [line] = await rig.lines.until('plain_ran')
    expect(line?.context).toMatchObject(REQUEST)
    expect(eventsOf('plain')).toEqual(['plain_ran'])
  })

  it('makes one unit where the module makes TelemetryWorkers too', async () => {
    BullModule.workerClass = TelemetryWorker
    await start()
    await add('welcome', 'mails')
    await rig.lines.until('completed')
    expect(eventsOf('mails').filter((event) => event === 'job_started')).toHaveLength(1)
    await add('plain', 'plain')
    await rig.lines.until('job_completed', 1, { 'job.queue': 'plain' })
  })

  it('works in a testing module', async () => {
    const module = await Test.createTestingModule({ imports: [mailModule()] }).compile()
    application = await module.init()
    await add('welcome', 'mails')
    const [line] = await rig.lines.until('mail_sent')
    expect(line?.context).toMatchObject(REQUEST)
    await rig.lines.until('completed')
  })

  it('can be called by hand in a unit test', async () => {
    const mailer = { send: (to: string) => log.info('fake_sent', { to }) }
    const processor = new MailProcessor(mailer)
    const job = { name: 'welcome', data: { to: 'bob' }, updateProgress: async () => {} } as unknown as Job
    expect(await processor.process(job)).toBe('sent')
    expect(() => processor.worker).toThrow('"Worker" has not yet been initialized')
  })
})
