import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type NestModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
  Optional,
  type Provider,
  type Type,
} from '@nestjs/common'
import { type AbstractHttpAdapter, HttpAdapterHost } from '@nestjs/core'
import { report, runningTelemetry } from '@throughline/core/binding'
import { getPosthog } from '../client/get-posthog.js'
import { shared } from '../client/shared.js'
import { PosthogSetupError } from '../errors.js'
import type { SnippetOptions } from '../inject/page-snippet.js'
import type { Posthog } from '../posthog.js'
import { createDebugThrowController, hasDebugRoute } from './debug-throw.js'
import {
  OPTIONS,
  POSTHOG,
  type PosthogModuleAsyncOptions,
  type PosthogModuleOptions,
  type PosthogOptionsFactory,
  type PosthogRouteOptions,
} from './options.js'
import { watchExpress, watchFastify } from './watch-application.js'

/**
 * PostHog for a Nest application on Express or Fastify: errors that become a 5xx, with their user; the script in pages;
 * `InjectPosthog()` and `RequireFlag()`; a route that throws, for trying it out (P8, P10, P12).
 *
 * Registered once, in the root module; it is global. Errors come from the units of work of `@throughline/nestjs`, so
 * `TelemetryModule` is registered too.
 *
 * @example
 * @Module({ imports: [TelemetryModule.forRoot(), PosthogModule.forRoot({ envPrefix: 'ORDERS' })] })
 * export class AppModule {}
 */
@Global()
@Module({})
export class PosthogModule
  implements NestModule, OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown
{
  readonly #adapter: AbstractHttpAdapter | undefined

  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Optional() @Inject(OPTIONS) private readonly options?: PosthogModuleOptions,
    @Optional() @Inject(POSTHOG) private readonly posthog?: Posthog,
  ) {
    if (options === undefined) throw new PosthogSetupError('THROUGHLINE_POSTHOG_WITHOUT_FOR_ROOT')
    if (shared.applications.has(host)) throw new PosthogSetupError('THROUGHLINE_POSTHOG_REGISTERED_TWICE')
    shared.applications.add(host)
    // A microservice and an application context have no adapter.
    const adapter = host.httpAdapter as AbstractHttpAdapter | undefined | null
    this.#adapter = posthog?.enabled === true ? (adapter ?? undefined) : undefined
    if (this.#isFastify) watchFastify(this.#adapter as AbstractHttpAdapter, this.#snippet)
  }

  /**
   * Registers PostHog with options that are known as the module is written.
   *
   * @throws PosthogSetupError at the start of an application that registers it twice
   * @example
   * PosthogModule.forRoot({ inject: false })
   */
  static forRoot(options: PosthogModuleOptions & PosthogRouteOptions = {}): DynamicModule {
    const { debugRoute, ...rest } = options
    return dynamicModule([{ provide: OPTIONS, useValue: rest }], debugRoute)
  }

  /**
   * Registers PostHog with options that other providers supply; `debugRoute` has to be known before.
   *
   * @throws PosthogSetupError without `useFactory`, `useClass` and `useExisting`
   * @example
   * PosthogModule.forRootAsync({ inject: [Config], useFactory: (config: Config) => ({ inject: config.hasPages }) })
   */
  static forRootAsync(options: PosthogModuleAsyncOptions): DynamicModule {
    return { ...dynamicModule(asyncProviders(options), options.debugRoute), imports: options.imports ?? [] }
  }

  /** Called when `app.use()` has mounted what it mounts. */
  configure(): void {
    if (this.#adapter !== undefined && !this.#isFastify) watchExpress(this.#adapter, this.#snippet)
  }

  async onModuleInit(): Promise<void> {
    await this.posthog?.ready
  }

  onApplicationBootstrap(): void {
    if (this.#adapter === undefined || runningTelemetry() !== undefined) return
    report('warn', 'posthog_without_units', {
      hint: 'errors of requests come from TelemetryModule of @throughline/nestjs: import it in the root module',
    })
  }

  /** Flushes only: another application of the process may go on. */
  async onApplicationShutdown(): Promise<void> {
    await this.posthog?.flush()
  }

  get #isFastify(): boolean {
    return this.#adapter?.getType() === 'fastify'
  }

  get #snippet(): SnippetOptions | undefined {
    const inject = this.options?.inject ?? true
    if (inject === false) return undefined
    return { user: this.options?.user, ...(inject === true ? {} : inject) }
  }
}

const DEBUG_ROUTE = 'debug/throw'

function dynamicModule(providers: Provider[], debugRoute: string | false = DEBUG_ROUTE): DynamicModule {
  const controllers: Type[] =
    debugRoute !== false && hasDebugRoute() ? [createDebugThrowController(debugRoute)] : []
  const posthog: Provider = {
    provide: POSTHOG,
    useFactory: (options: PosthogModuleOptions) => {
      const { inject: _, ...posthogOptions } = options
      return getPosthog(posthogOptions)
    },
    inject: [OPTIONS],
  }
  return { module: PosthogModule, controllers, providers: [...providers, posthog], exports: [POSTHOG] }
}

function asyncProviders({
  useFactory,
  inject,
  useClass,
  useExisting,
}: PosthogModuleAsyncOptions): Provider[] {
  if (useFactory !== undefined) return [{ provide: OPTIONS, useFactory, inject: inject ?? [] }]
  const source = useExisting ?? useClass
  if (source === undefined) throw new PosthogSetupError('THROUGHLINE_POSTHOG_ASYNC_WITHOUT_SOURCE')
  const made: Provider = {
    provide: OPTIONS,
    useFactory: (factory: PosthogOptionsFactory) => factory.createPosthogOptions(),
    inject: [source],
  }
  return useExisting === undefined ? [made, { provide: source, useClass: source }] : [made]
}
