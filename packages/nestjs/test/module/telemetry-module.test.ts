import { Controller, type DynamicModule, Get, Injectable, Module, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterEach, describe, expect, it } from '@jest/globals'
import { initTelemetry, type LabelTable } from '@throughline/core'
import * as built from '@throughline/nestjs'
import {
  TelemetryLogger,
  TelemetryModule,
  TelemetryModuleError,
  type TelemetryModuleOptions,
  type TelemetryOptionsFactory,
} from '../../src/index.js'
import { adapterOf, platforms, withApp } from '../support/applications.js'
import { call, postJson } from '../support/client.js'
import { log, OrdersController } from '../support/orders.js'
import { Records } from '../support/records.js'

const labels: LabelTable = {
  mounts: [],
  rootResources: ['orders'],
  resources: [{ segments: ['orders'], id: [] }],
}

afterEach(() => initTelemetry().shutdown())

async function failureOf(module: Type): Promise<unknown> {
  try {
    const app = await NestFactory.create(module, adapterOf('express'), { logger: false, abortOnError: false })
    await app.close()
    return undefined
  } catch (error) {
    return error
  }
}

describe('TelemetryModule', () => {
  it.each([
    ['forRoot twice', [TelemetryModule.forRoot(), TelemetryModule.forRoot({ serviceName: 'b' })]],
    [
      'forRoot and forRootAsync',
      [TelemetryModule.forRoot(), TelemetryModule.forRootAsync({ useFactory: () => ({}) })],
    ],
    ['two copies of the package', [TelemetryModule.forRoot(), built.TelemetryModule.forRoot()]],
  ])('refuses a second registration in an application: %s', async (_, imports) => {
    @Module({ imports })
    class AppModule {}

    expect(await failureOf(AppModule)).toMatchObject({
      name: 'TelemetryModuleError',
      code: 'THROUGHLINE_REGISTERED_TWICE',
      message:
        'THROUGHLINE_REGISTERED_TWICE: TelemetryModule is registered a second time in this application, which would write every line twice. Call TelemetryModule.forRoot() or forRootAsync() once, in the root module; it is global, so no other module imports it.',
    })
  })

  it('refuses to be imported as it stands', async () => {
    @Module({ imports: [TelemetryModule] })
    class AppModule {}
    const error = await failureOf(AppModule)

    expect(error).toBeInstanceOf(TelemetryModuleError)
    expect(error).toMatchObject({ code: 'THROUGHLINE_WITHOUT_FOR_ROOT' })
  })

  it('refuses forRootAsync without a source of options', () => {
    expect(() => TelemetryModule.forRootAsync({})).toThrow(
      expect.objectContaining({ code: 'THROUGHLINE_ASYNC_WITHOUT_SOURCE' }),
    )
  })

  it('may be shared by modules as one dynamic module', async () => {
    const telemetry = TelemetryModule.forRoot()
    @Module({ imports: [telemetry] })
    class Feature {}
    @Module({ imports: [telemetry, Feature] })
    class AppModule {}

    expect(await failureOf(AppModule)).toBeUndefined()
  })

  it('works where there is no HTTP', async () => {
    @Module({ imports: [TelemetryModule.forRoot()] })
    class AppModule {}
    const context = await NestFactory.createApplicationContext(AppModule, {
      logger: false,
      abortOnError: false,
    })
    const logger = context.get(TelemetryLogger)
    await context.close()

    expect(logger).toBeInstanceOf(TelemetryLogger)
  })
})

describe.each(platforms)('TelemetryModule on $platform', ({ platform }) => {
  @Injectable()
  class Config implements TelemetryOptionsFactory {
    async createTelemetryOptions(): Promise<TelemetryModuleOptions> {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return { labels }
    }
  }

  @Module({ providers: [Config], exports: [Config] })
  class ConfigModule {}

  it.each([
    [
      'useFactory',
      (sinks: Records[]) =>
        TelemetryModule.forRootAsync({
          imports: [ConfigModule],
          inject: [Config],
          useFactory: async (config: Config) => ({ ...(await config.createTelemetryOptions()), sinks }),
        }),
    ],
    ['useClass', () => TelemetryModule.forRootAsync({ useClass: Config })],
    ['useExisting', () => TelemetryModule.forRootAsync({ imports: [ConfigModule], useExisting: Config })],
  ])('opens the context before the body parser with forRootAsync and %s', async (source, register) => {
    const records = new Records()
    await withApp(
      platform,
      { controllers: [OrdersController], module: () => register([records]) },
      async ({ port }) => {
        const answer = await postJson(port, '/orders', '{bad', { 'x-request-id': 'async' })

        expect([answer.status, answer.requestId]).toEqual([400, 'async'])
        if (source === 'useFactory') {
          expect((await records.completion('async')).context).toEqual({
            'request.id': 'async',
            labels: ['orders'],
          })
        }
      },
    )
  })

  it('serves two applications of one process', async () => {
    await withApp(platform, { controllers: [OrdersController], telemetry: { labels } }, async (first) => {
      const module = (): DynamicModule =>
        TelemetryModule.forRoot({ labels, log: { recorder: false }, sinks: [first.records] })
      await withApp(platform, { controllers: [OrdersController], module }, async ({ port }) => {
        const answers = await Promise.all([call(first.port, '/orders/ok/1'), call(port, '/orders/ok/2')])
        const lines = await Promise.all(answers.map(({ requestId }) => first.records.completion(requestId)))

        expect(lines.map(({ context }) => context)).toEqual(
          answers.map(({ requestId }) => ({ 'request.id': requestId, labels: ['orders'] })),
        )
        expect(first.records.completions).toHaveLength(2)
      })
    })
  })

  it('starts anew after an application of the same module was closed', async () => {
    for (let round = 0; round < 2; round++) {
      await withApp(platform, { controllers: [OrdersController] }, async ({ port, records }) => {
        const { requestId } = await call(port, '/orders/ok/1')
        await records.completion(requestId)

        expect(records.completions).toHaveLength(1)
      })
    }
  })

  it('does nothing with TELEMETRY_ENABLED=false', async () => {
    @Controller()
    class Bare {
      @Get('bare')
      bare(): string {
        log.info('still_logged')
        return 'ok'
      }
    }
    await withApp(
      platform,
      { controllers: [Bare], env: { TELEMETRY_ENABLED: 'false' } },
      async ({ port, records }) => {
        const { status, headers } = await call(port, '/bare', { headers: { 'x-request-id': 'given' } })

        expect(status).toBe(200)
        expect(headers['x-request-id']).toBeUndefined()
        expect(records.all).toEqual([])
      },
    )
  })

  it('writes no line for LOG_EXCLUDED_URL_PATHS below 500', async () => {
    await withApp(
      platform,
      { controllers: [OrdersController], env: { LOG_EXCLUDED_URL_PATHS: 'orders/ok/*, orders/throws' } },
      async ({ port, records }) => {
        const quiet = await call(port, '/orders/ok/1?x=1')
        const failed = await call(port, '/orders/throws')
        const loud = await call(port, '/orders/ok')
        await records.completion(failed.requestId)
        await records.completion(loud.requestId)

        expect(quiet.requestId).not.toBe('undefined')
        expect(records.of(quiet.requestId).map(({ event }) => event)).toEqual(['before_await', 'after_await'])
      },
    )
  })

  it('flushes its sinks when the application is closed, and goes on', async () => {
    let flushed = 0
    const sink = { write() {}, flush: async () => void flushed++ }
    await withApp(platform, { module: () => TelemetryModule.forRoot({ sinks: [sink] }) }, async ({ app }) => {
      await app.close()

      expect(flushed).toBe(1)
    })
  })
})
