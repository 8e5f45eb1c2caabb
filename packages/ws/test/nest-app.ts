import 'reflect-metadata'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type INestApplication, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { WsAdapter } from '@nestjs/platform-ws'

@Module({})
class AppModule {}

export type Gateway = new (...args: never[]) => object

/** Starts a Nest application with these gateways on a port of its own. */
export async function startApp(
  providers: Gateway[],
  adapterOf: (app: INestApplication) => WsAdapter,
  { fastify = false } = {},
): Promise<INestApplication> {
  const module = { module: AppModule, providers }
  const quiet = { logger: false } as const
  const app = fastify
    ? await NestFactory.create(module, new FastifyAdapter(), quiet)
    : await NestFactory.create(module, quiet)
  app.useWebSocketAdapter(adapterOf(app))
  await app.listen(0)
  return app
}

export function portOf(app: INestApplication): number {
  return ((app.getHttpServer() as Server).address() as AddressInfo).port
}
