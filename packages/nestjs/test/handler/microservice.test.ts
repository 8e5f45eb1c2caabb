import type { AddressInfo, Server } from 'node:net'
import { Controller, type INestMicroservice, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  type ClientProxy,
  ClientProxyFactory,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  RpcException,
  type TcpOptions,
  Transport,
} from '@nestjs/microservices'
import { afterEach, describe, expect, it } from '@jest/globals'
import { initTelemetry } from '@throughline/core'
import { firstValueFrom, interval, type Observable, map, take, toArray } from 'rxjs'
import { Labels, TelemetryInterceptor, TelemetryModule } from '../../src/index.js'
import { withApp } from '../support/applications.js'
import { comparable, Records } from '../support/records.js'
import { log } from '../support/orders.js'

@Labels('math')
@Controller()
class MathController {
  @MessagePattern('sum')
  async sum(@Payload() numbers: number[]): Promise<number> {
    log.info('adding')
    await new Promise((resolve) => setTimeout(resolve, 1))
    log.info('added')
    return numbers.reduce((sum, number) => sum + number, 0)
  }

  @MessagePattern('count')
  count(@Payload() most: number): Observable<number> {
    return interval(1).pipe(
      take(most),
      map((number) => {
        log.info('counting')
        return number
      }),
    )
  }

  @MessagePattern('fail')
  fail(@Payload() message: string): never {
    throw new RpcException(message)
  }

  @EventPattern('told')
  told(@Payload() what: string): void {
    log.info('heard', { what })
  }
}

afterEach(() => initTelemetry().shutdown())

type Ways = [name: string, interceptor: boolean, hybrid: boolean]

async function withMicroservice(
  [, interceptor, hybrid]: Ways,
  use: (client: ClientProxy, records: Records) => Promise<void>,
  rpc = true,
): Promise<void> {
  const options: TcpOptions = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } }
  const records = new Records()
  const telemetry = TelemetryModule.forRoot({ sinks: [records], rpc })
  async function talk(microservice: INestMicroservice): Promise<void> {
    const { port } = microservice.unwrap<Server>().address() as AddressInfo
    const client = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port },
    })
    try {
      await use(client, records)
    } finally {
      await client.close()
    }
  }
  if (hybrid) {
    let connected: INestMicroservice | undefined
    await withApp(
      'express',
      {
        controllers: [MathController],
        module: () => telemetry,
        async prepare(app) {
          connected = app.connectMicroservice<MicroserviceOptions>(options)
          await app.startAllMicroservices()
        },
      },
      () => talk(connected as INestMicroservice),
    )
    return
  }
  @Module({ imports: [telemetry], controllers: [MathController] })
  class AppModule {}
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, {
    ...options,
    logger: false,
  })
  if (interceptor) app.useGlobalInterceptors(app.get(TelemetryInterceptor))
  await app.listen()
  await talk(app).finally(() => app.close())
}

describe.each<Ways>([
  ['of its own', false, false],
  ['with the interceptor registered again', true, false],
  ['in a hybrid application', false, true],
])('a microservice %s', (...ways) => {
  it('opens a context for each message and ends it with its line', async () => {
    await withMicroservice(ways, async (client, records) => {
      expect(await firstValueFrom(client.send('sum', [1, 2]))).toBe(3)
      await records.until(({ event }) => event === 'task_completed')
      const { context } = records.own[0] ?? {}

      expect(context).toEqual({ 'request.id': expect.stringMatching(/^[\da-f-]{36}$/), labels: ['math'] })
      expect(records.of(String(context?.['request.id'])).map(comparable)).toEqual([
        {
          time: '<time>',
          level: 'info',
          event: 'adding',
          eventName: 'app.adding',
          logger: 'app',
          attributes: [],
          context,
        },
        {
          time: '<time>',
          level: 'info',
          event: 'added',
          eventName: 'app.added',
          logger: 'app',
          attributes: [],
          context,
        },
        {
          time: '<time>',
          level: 'info',
          event: 'task_completed',
          eventName: 'throughline.task_completed',
          logger: 'throughline',
          attributes: [
            ['task.name', 'MathController.sum'],
            ['duration_ms', '<ms>'],
          ],
          context,
        },
      ])
    })
  })

  it('keeps streams, events and failures apart', async () => {
    await withMicroservice(ways, async (client, records) => {
      expect(await firstValueFrom(client.send('count', 2).pipe(toArray()))).toEqual([0, 1])
      await expect(firstValueFrom(client.send('fail', 'no'))).rejects.toMatchObject({ message: 'no' })
      client.emit('told', 'news')
      await records.until(({ event }) => event === 'task_completed', 2)
      const byTask = records.all
        .filter(({ attributes }) => attributes['task.name'] !== undefined)
        .map(({ event, attributes, context }) => [
          attributes['task.name'],
          event,
          records.of(String(context['request.id'])).map((record) => record.event),
        ])

      expect(byTask).toEqual([
        ['MathController.count', 'task_completed', ['counting', 'counting', 'task_completed']],
        ['MathController.fail', 'task_failed', ['task_failed']],
        ['MathController.told', 'task_completed', ['heard', 'task_completed']],
      ])
    })
  })
})

describe('a microservice with rpc: false', () => {
  it('is left alone', async () => {
    await withMicroservice(
      ['', false, false],
      async (client, records) => {
        await firstValueFrom(client.send('sum', [1, 2]))

        expect(records.own.map(({ context }) => context)).toEqual([{}, {}])
      },
      false,
    )
  })
})
