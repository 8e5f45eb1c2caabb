import { type DynamicModule, Global, Inject, Module, type Provider } from '@nestjs/common'
import { ModulesContainer } from '@nestjs/core'
import { getLoggerToken } from '../logger/inject-logger.js'
import { getLogger } from '@throughline/core'
import { type LateLoggers, shared } from '../shared.js'

/** Provides the logger of every domain to the whole application. */
@Global()
@Module({})
export class LoggersModule implements LateLoggers {
  /** The lists are live: a domain that turns up while Nest still visits modules is in them when it reads them. */
  static readonly whole: DynamicModule = {
    module: LoggersModule,
    providers: shared.loggers,
    exports: shared.loggers,
  }

  constructor(@Inject(ModulesContainer) private readonly modules: ModulesContainer) {
    shared.latecomers.add(new WeakRef(this))
  }

  /** For modules that are loaded after the start (`LazyModuleLoader`). */
  add(provider: Provider): void {
    for (const module of this.modules.values()) {
      if (module.metatype !== LoggersModule) continue
      module.addProvider(provider)
      module.addExportedProviderOrModule(provider)
    }
  }
}

if (shared.loggers.length === 0) {
  shared.loggers.push({ provide: getLoggerToken(), useFactory: () => getLogger() })
}
