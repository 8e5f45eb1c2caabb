import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
  Optional,
  type Provider,
} from '@nestjs/common'
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core'
import { initTelemetry, type Telemetry } from '@throughline/core'
import {
  isTelemetryEnabled,
  resolveSettings,
  runningTelemetry,
  telemetryReady,
} from '@throughline/core/binding'
import { asyncWithoutSource, registeredTwice, withoutOptions } from '../errors.js'
import { TelemetryInterceptor } from '../handler/telemetry-interceptor.js'
import { watchHandlers } from '../handler/watch-handlers.js'
import { watchRequests } from '../http/watch-requests.js'
import { TelemetryLogger } from '../logger/telemetry-logger.js'
import { shared } from '../shared.js'
import { LoggersModule } from './loggers-module.js'
import {
  OPTIONS,
  type TelemetryModuleAsyncOptions,
  type TelemetryModuleOptions,
  type TelemetryOptionsFactory,
} from './options.js'

const { messageInterceptors: messages } = shared

/**
 * Gives a Nest application one context for each request, its completion line, and loggers (R4.1 to R4.8).
 *
 * Registered once, in the root module; it is global. HTTP requests are watched from the adapter's first hook on.
 *
 * @example
 * @Module({ imports: [TelemetryModule.forRoot({ serviceName: 'orders' })] })
 * export class AppModule {}
 */
@Global()
@Module({
  imports: [LoggersModule.whole],
  providers: [TelemetryInterceptor, TelemetryLogger],
  exports: [TelemetryInterceptor, TelemetryLogger],
})
export class TelemetryModule implements OnModuleInit, OnApplicationShutdown {
  readonly #telemetry: Telemetry

  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(TelemetryInterceptor) private readonly interceptor: TelemetryInterceptor,
    @Optional() @Inject(OPTIONS) private readonly options?: TelemetryModuleOptions,
  ) {
    if (options === undefined) throw withoutOptions()
    if (shared.applications.has(host)) throw registeredTwice()
    shared.applications.add(host)
    const { rpc: _, labels, trust, trustProxy, user, ...whole } = options
    const edges = { labels, trust, trustProxy, user }
    // Of several applications in one process each keeps its own edges.
    const isFirst = runningTelemetry() === undefined || runningTelemetry() !== shared.telemetry
    this.#telemetry = initTelemetry(isFirst ? { ...whole, ...edges } : whole)
    shared.telemetry = this.#telemetry
    const settings = resolveSettings(edges)
    if (!isTelemetryEnabled()) return
    watchHandlers()
    // A microservice and an application context have no adapter.
    const adapter = host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined
    if (adapter !== undefined && adapter !== null) watchRequests(adapter, settings)
  }

  /**
   * Registers telemetry with options that are known as the module is written; starts it with the application.
   *
   * @throws TelemetryModuleError at the start of an application that registers it twice
   * @example
   * TelemetryModule.forRoot({ trust: 'loopback', labels })
   */
  static forRoot(options: TelemetryModuleOptions = {}): DynamicModule {
    return { module: TelemetryModule, providers: [{ provide: OPTIONS, useValue: options }] }
  }

  /**
   * Registers telemetry with options that other providers supply.
   *
   * @throws TelemetryModuleError without `useFactory`, `useClass` and `useExisting`
   * @example
   * TelemetryModule.forRootAsync({ inject: [Config], useFactory: (config: Config) => ({ trust: config.peers }) })
   */
  static forRootAsync(options: TelemetryModuleAsyncOptions): DynamicModule {
    return { module: TelemetryModule, imports: options.imports ?? [], providers: asyncProviders(options) }
  }

  async onModuleInit(): Promise<void> {
    if (this.options?.rpc !== false)
      this.#eachController((metatype) => messages.set(metatype, this.interceptor))
    await telemetryReady()
  }

  /** Flushes only: another application of the process may go on. */
  async onApplicationShutdown(): Promise<void> {
    this.#eachController((metatype) => messages.delete(metatype))
    await this.#telemetry.flush()
  }

  /** Microservices of a hybrid application do not inherit its interceptors, so messages are known by class. */
  #eachController(use: (metatype: object) => void): void {
    for (const { controllers } of this.modules.values()) {
      for (const { metatype } of controllers.values()) if (metatype !== null) use(metatype)
    }
  }
}

function asyncProviders({
  useFactory,
  inject,
  useClass,
  useExisting,
}: TelemetryModuleAsyncOptions): Provider[] {
  if (useFactory !== undefined) return [{ provide: OPTIONS, useFactory, inject: inject ?? [] }]
  const source = useExisting ?? useClass
  if (source === undefined) throw asyncWithoutSource()
  const made: Provider = {
    provide: OPTIONS,
    useFactory: (factory: TelemetryOptionsFactory) => factory.createTelemetryOptions(),
    inject: [source],
  }
  return useExisting === undefined ? [made, { provide: source, useClass: source }] : [made]
}
