import 'reflect-metadata'
import './lines.js'
import type { AddressInfo } from 'node:net'
import {
  type DynamicModule,
  type INestApplication,
  Module,
  type ModuleMetadata,
  type NestApplicationOptions,
} from '@nestjs/common'
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { initTelemetry } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'
import { getPosthog } from '../../src/client/get-posthog.js'
import { PosthogModule, type PosthogModuleOptions, type PosthogRouteOptions } from '../../src/nestjs/index.js'
import type { Posthog } from '../../src/posthog.js'
import { type ArrivedEvent, FakePosthog } from './fake-posthog.js'
import { type Answer, type Call, call } from './http.js'

export type Platform = 'express' | 'fastify'

export const platforms: { platform: Platform }[] = [{ platform: 'express' }, { platform: 'fastify' }]

export function adapterOf(platform: Platform): AbstractHttpAdapter {
  return platform === 'express' ? new ExpressAdapter() : new FastifyAdapter()
}

export interface Setup extends ModuleMetadata {
  /** On top of key and host, which are given unless this has no place for them. */
  env?: Record<string, string | undefined>
  posthog?: PosthogModuleOptions & PosthogRouteOptions
  /** In place of `PosthogModule.forRoot(posthog)`. */
  module?: () => DynamicModule
  nest?: NestApplicationOptions
  /** Runs between creation and `listen`. */
  prepare?: (app: INestApplication) => void | Promise<void>
}

export interface RunningApp {
  readonly app: INestApplication
  readonly port: number
  readonly posthog: Posthog
  readonly server: FakePosthog
  get(path: string, options?: Call): Promise<Answer>
  /** Sends what waits, and gives all that arrived. */
  events(): Promise<ArrivedEvent[]>
}

/** Runs an application with telemetry and PostHog for the length of one test. */
export async function withApp<T>(
  platform: Platform,
  setup: Setup,
  use: (running: RunningApp) => Promise<T>,
): Promise<T> {
  const { env = {}, posthog: options, module, nest, prepare, imports = [], ...metadata } = setup
  const server = await FakePosthog.start()
  const before = { ...process.env }
  const wanted = { POSTHOG_API_KEY: 'phc_test', POSTHOG_HOST: server.url, DEBUG: undefined, ...env }
  for (const [name, value] of Object.entries(wanted)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  let app: INestApplication | undefined
  try {
    const telemetry = TelemetryModule.forRoot({ log: { recorder: false } })
    @Module({ imports: [telemetry, module?.() ?? PosthogModule.forRoot(options), ...imports], ...metadata })
    class AppModule {}
    const settings = { logger: false, abortOnError: false, forceCloseConnections: true, ...nest } as const
    app = await NestFactory.create(AppModule, adapterOf(platform), settings)
    await prepare?.(app)
    await app.listen(0, '127.0.0.1')
    const { port } = app.getHttpServer().address() as AddressInfo
    const posthog = getPosthog()
    return await use({
      app,
      port,
      posthog,
      server,
      get: (path, request) => call(port, { ...request, path }),
      async events() {
        await posthog.flush()
        return server.events
      },
    })
  } finally {
    process.env = before
    await app?.close()
    await getPosthog().shutdown()
    await initTelemetry().shutdown()
    await server.stop()
  }
}
