import { type CanActivate, Controller, Get, Inject, Injectable, Module, UseGuards } from '@nestjs/common'
import { LazyModuleLoader } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { afterEach, describe, expect, it } from '@jest/globals'
import { getLogger, initTelemetry, type Logger } from '@throughline/core'
import * as built from '@throughline/nestjs'
import { getLoggerToken, InjectLogger, TelemetryModule } from '../../src/index.js'
import { platforms, withApp } from '../support/applications.js'
import { call } from '../support/client.js'

@Injectable()
class Guard implements CanActivate {
  constructor(@InjectLogger('gate') private readonly log: Logger<'gate', {}>) {}

  canActivate(): boolean {
    this.log.info('opened')
    return true
  }
}

@Injectable()
class Service {
  @InjectLogger() private readonly log!: Logger
  @InjectLogger('money') private readonly money!: Logger

  serve(): void {
    this.log.info('served')
    this.money.info('counted')
  }
}

@Controller('feature')
@UseGuards(Guard)
class FeatureController {
  constructor(
    @InjectLogger() private readonly log: Logger,
    @Inject(Service) private readonly service: Service,
  ) {}

  @Get()
  get(): string {
    this.log.info('handled')
    this.service.serve()
    return 'ok'
  }
}

@Module({ controllers: [FeatureController], providers: [Service, Guard] })
class Feature {}

afterEach(() => initTelemetry().shutdown())

describe.each(platforms)('InjectLogger on $platform', ({ platform }) => {
  it('resolves in providers, controllers and guards of any module, by constructor and property', async () => {
    await withApp(platform, { imports: [Feature] }, async ({ port, records }) => {
      const { requestId } = await call(port, '/feature')
      await records.completion(requestId)

      expect(records.of(requestId).map(({ logger, event }) => `${logger}.${event}`)).toEqual([
        'gate.opened',
        'FeatureController.handled',
        'Service.served',
        'money.counted',
        'throughline.request_completed',
      ])
    })
  })

  it('resolves in modules that come before TelemetryModule, as promises, and from another copy', async () => {
    const late = Promise.resolve().then(() => {
      @Injectable()
      class Late {
        constructor(@InjectLogger(`late-${platform}`) readonly log: Logger) {}
      }
      @Injectable()
      class Foreign {
        constructor(@built.InjectLogger(`foreign-${platform}`) readonly log: Logger) {}
      }
      @Module({
        providers: [
          Late,
          Foreign,
          { provide: 'LATE', useExisting: Late },
          { provide: 'FOREIGN', useExisting: Foreign },
        ],
      })
      class LateModule {}
      return { module: LateModule }
    })
    const module = await Test.createTestingModule({
      imports: [Feature, late, TelemetryModule.forRoot()],
    }).compile()
    const names = ['LATE', 'FOREIGN'].map(
      (token) => module.get<{ log: { name: string } }>(token, { strict: false }).log.name,
    )
    await module.close()

    expect(names).toEqual([`late-${platform}`, `foreign-${platform}`])
  })

  it('resolves in a module that is loaded after the start', async () => {
    await withApp(platform, {}, async ({ app }) => {
      @Injectable()
      class Lazy {
        constructor(@InjectLogger(`lazy-${platform}`) readonly log: Logger) {}
      }
      @Module({ providers: [Lazy] })
      class LazyModule {}
      const loaded = await app.get(LazyModuleLoader).load(() => LazyModule)

      expect(loaded.get(Lazy).log).toMatchObject({ name: `lazy-${platform}` })
    })
  })
})

describe('getLoggerToken', () => {
  it('overrides and supplies loggers in tests', async () => {
    const fake = getLogger('fake')
    const module = await Test.createTestingModule({
      providers: [
        Service,
        { provide: getLoggerToken(Service.name), useValue: fake },
        { provide: getLoggerToken('money'), useValue: fake },
      ],
    }).compile()

    expect(module.get(Service)).toMatchObject({ log: fake, money: fake })
  })

  it('names the logger without a domain', async () => {
    const module = await Test.createTestingModule({ imports: [TelemetryModule.forRoot()] }).compile()
    const bare = module.get<{ name: string }>(getLoggerToken())
    await module.close()

    expect(bare.name).toBe('')
  })
})
