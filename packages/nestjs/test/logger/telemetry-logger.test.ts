import { Injectable, Logger, type LogLevel } from '@nestjs/common'
import { afterEach, describe, expect, it } from '@jest/globals'
import { initTelemetry } from '@throughline/core'
import { TelemetryLogger } from '../../src/index.js'
import { platforms, withApp } from '../support/applications.js'
import { call } from '../support/client.js'
import { OrdersController } from '../support/orders.js'
import { comparable, Records } from '../support/records.js'

@Injectable()
class Payments {
  private readonly logger = new Logger(Payments.name)

  constructor() {
    this.logger.log('constructed')
  }

  pay(): void {
    this.logger.warn({ event: 'paid_late', days: 3 })
    this.logger.error('declined', new Error('no funds'))
  }
}

const line = (level: string, event: string, logger: string | undefined, attributes: object = {}): object => ({
  time: '<time>',
  level,
  event,
  eventName: `${logger === undefined ? '' : `${logger}.`}${event}`,
  ...(logger !== undefined && { logger }),
  attributes: Object.entries(attributes),
  context: {},
})

afterEach(async () => {
  Logger.overrideLogger(false)
  await initTelemetry().shutdown()
})

describe.each(platforms)('TelemetryLogger in an application on $platform', ({ platform }) => {
  it('takes what was buffered before it came, and everything after', async () => {
    const setup = { providers: [Payments], nest: { bufferLogs: true, logger: undefined as never } }
    await withApp(
      platform,
      { ...setup, prepare: (app) => app.useLogger(app.get(TelemetryLogger)) },
      async ({ app, records }) => {
        app.flushLogs()
        app.get(Payments).pay()
        const own = records.all.filter(({ logger }) => logger === 'Payments')

        expect(own.map(comparable)).toEqual([
          line('info', 'constructed', 'Payments'),
          line('warn', 'paid_late', 'Payments', { days: 3 }),
          line('error', 'declined', 'Payments', {
            'exception.type': 'Error',
            'exception.message': 'no funds',
            'exception.stacktrace': 'Error: no funds',
          }),
        ])
        expect(
          records.all.some(({ logger, event }) => logger === 'NestFactory' && event.startsWith('Starting')),
        ).toBe(true)
      },
    )
  })

  it('leaves the line of an unhandled error to request_failed', async () => {
    const setup = { controllers: [OrdersController], nest: { logger: new TelemetryLogger() } }
    await withApp(platform, setup, async ({ port, records }) => {
      const { requestId } = await call(port, '/orders/throws')
      const { attributes } = await records.completion(requestId)
      const errors = records.of(requestId).filter(({ level }) => level === 'error')

      expect(errors.map(({ event }) => event)).toEqual(['request_failed'])
      expect(attributes).toMatchObject({ 'exception.type': 'TypeError', 'exception.message': 'boom' })
    })
  })
})

describe('TelemetryLogger', () => {
  function capture(): { logger: TelemetryLogger; records: Records } {
    const records = new Records()
    initTelemetry({ sinks: [records] })
    records.all.length = 0
    return { logger: new TelemetryLogger(), records }
  }

  it('has a level of ours for each of Nest', () => {
    const { logger, records } = capture()
    for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const)
      logger[level](`a_${level}`, 'X')

    expect(records.all.map(comparable)).toEqual([
      line('trace', 'a_verbose', 'X'),
      line('debug', 'a_debug', 'X'),
      line('info', 'a_log', 'X'),
      line('warn', 'a_warn', 'X'),
      line('error', 'a_error', 'X'),
      line('fatal', 'a_fatal', 'X'),
    ])
  })

  it.each<[LogLevel[], string[]]>([
    [['warn'], ['warn', 'error', 'fatal']],
    [
      ['error', 'debug'],
      ['debug', 'error', 'fatal'],
    ],
    [['verbose'], ['verbose', 'debug', 'log', 'warn', 'error', 'fatal']],
    [[], []],
  ])('is narrowed by setLogLevels(%j) as the logger of Nest is', (levels, written) => {
    const { logger, records } = capture()
    logger.setLogLevels(levels)
    for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) logger[level](level)

    expect(records.all.map(({ event }) => event)).toEqual(written)
  })

  it('never throws', () => {
    const { logger } = capture()
    const hostile = {
      get event(): never {
        throw new Error('hostile')
      },
    }

    expect(() => logger.log(hostile)).not.toThrow()
    expect(() => logger.error(Object.create(null))).not.toThrow()
    expect(() => logger.log(Symbol('x'))).not.toThrow()
  })
})
