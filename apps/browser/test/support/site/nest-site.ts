import 'reflect-metadata'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import compress from '@fastify/compress'
import {
  All,
  type CanActivate,
  Controller,
  type ExecutionContext,
  type INestApplication,
  Module,
  Req,
  Res,
  StreamableFile,
  type Type,
} from '@nestjs/common'
import { APP_GUARD, NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { initTelemetry } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'
import { injectSnippet as expressSnippet } from '@throughline/posthog/express'
import { injectSnippet as fastifySnippet } from '@throughline/posthog/fastify'
import { PosthogModule } from '@throughline/posthog/nestjs'
import compression from 'compression'
import { contentOf, type Routes } from './content.js'
import { userOf, type Users } from './session.js'
import type { Listening, SiteSetup } from './setup.js'

/** Nest on either adapter, with telemetry, compression, and PostHog's module; further snippets are mounted by hand. */
export async function startNestSite(
  platform: 'express' | 'fastify',
  { routes, users = {}, mounted = 1, options }: SiteSetup,
): Promise<Listening> {
  const posthog = PosthogModule.forRoot({ inject: mounted > 0 && (options ?? true) })
  @Module({
    imports: [TelemetryModule.forRoot({ log: { recorder: false } }), posthog],
    controllers: [controllerOf(routes)],
    providers: [{ provide: APP_GUARD, useValue: guardOf(users) }],
  })
  class AppModule {}
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter()
  const settings = { logger: false, abortOnError: false, forceCloseConnections: true } as const
  const app = await NestFactory.create(AppModule, adapter, settings)
  if (platform === 'express') mountOnExpress(app, mounted - 1)
  else await mountOnFastify(app as NestFastifyApplication, mounted - 1)
  await app.listen(0, '127.0.0.1')
  return {
    port: (app.getHttpServer().address() as AddressInfo).port,
    async close() {
      await app.close()
      await initTelemetry().shutdown()
    },
  }
}

function mountOnExpress(app: INestApplication, further: number): void {
  app.use(compression({ threshold: 0 }))
  for (let index = 0; index < further; index++) app.use(expressSnippet())
}

async function mountOnFastify(app: NestFastifyApplication, further: number): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance()
  for (let index = 0; index < further; index++) fastify.addHook('onSend', fastifySnippet())
  await app.register(compress, { threshold: 0 })
}

function guardOf(users: Users): CanActivate {
  return {
    canActivate(context: ExecutionContext): boolean {
      const request = context.switchToHttp().getRequest<{ headers: { cookie?: string }; user?: unknown }>()
      request.user = userOf(users, request.headers.cookie)
      return true
    },
  }
}

/** A response of either framework. */
interface AnyResponse {
  readonly raw?: ServerResponse
  status(code: number): unknown
  header(name: string, value: string): unknown
}

function controllerOf(routes: Routes): Type {
  @Controller()
  class SiteController {
    @All(['/favicon.ico', ...Object.keys(routes)])
    async answer(
      @Req() request: { url: string },
      @Res({ passthrough: true }) response: AnyResponse,
    ): Promise<unknown> {
      const raw = response.raw ?? (response as unknown as ServerResponse)
      const { status = 200, headers = {}, body } = await contentOf(routes, request.url, raw)
      response.status(status)
      for (const [name, value] of Object.entries(headers)) response.header(name, value)
      return body instanceof Readable || Buffer.isBuffer(body) ? new StreamableFile(body as Readable) : body
    }
  }
  return SiteController
}
