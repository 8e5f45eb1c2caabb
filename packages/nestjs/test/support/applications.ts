import 'reflect-metadata'
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
import { TelemetryModule, type TelemetryModuleOptions } from '../../src/index.js'
import { Records } from './records.js'

process.env.NODE_ENV = 'test'
process.env.LOG_LEVEL = 'fatal'

export type Platform = 'express' | 'fastify'

export const platforms: { platform: Platform }[] = [{ platform: 'express' }, { platform: 'fastify' }]

export function adapterOf(platform: Platform): AbstractHttpAdapter {
  return platform === 'express' ? new ExpressAdapter() : new FastifyAdapter()
}

export interface Running {
  app: INestApplication
  port: number
  records: Records
  stop(): Promise<void>
}

export interface Setup extends ModuleMetadata {
  telemetry?: TelemetryModuleOptions
  /** Replaces `TelemetryModule.forRoot(telemetry)`. */
  module?: (options: TelemetryModuleOptions) => DynamicModule
  nest?: NestApplicationOptions
  /** Runs between creation and `listen`. */
  prepare?: (app: INestApplication) => void | Promise<void>
  adapter?: AbstractHttpAdapter
  env?: Record<string, string>
}

/** Starts an application on a free port; its telemetry is its own, and stops with it. */
export async function start(platform: Platform, setup: Setup): Promise<Running> {
  const { telemetry, module, nest, prepare, adapter, env = {}, imports = [], ...metadata } = setup
  const before = { ...process.env }
  Object.assign(process.env, env)
  const records = new Records()
  const options: TelemetryModuleOptions = {
    ...telemetry,
    log: { recorder: false, ...telemetry?.log },
    sinks: [records],
  }
  @Module({ imports: [module?.(options) ?? TelemetryModule.forRoot(options), ...imports], ...metadata })
  class AppModule {}
  let app: INestApplication | undefined
  async function stop(): Promise<void> {
    await app?.close()
    await initTelemetry().shutdown()
  }
  try {
    app = await NestFactory.create(AppModule, adapter ?? adapterOf(platform), {
      logger: false,
      abortOnError: false,
      forceCloseConnections: true,
      ...nest,
    })
    process.env = before
    await prepare?.(app)
    await app.listen(0, '127.0.0.1')
  } catch (error) {
    process.env = before
    await stop()
    throw error
  }
  const { port } = app.getHttpServer().address() as AddressInfo
  return { app, port, records, stop }
}

/** As `start`, for the length of one test. */
export async function withApp<T>(
  platform: Platform,
  setup: Setup,
  use: (running: Running) => Promise<T>,
): Promise<T> {
  const running = await start(platform, setup)
  try {
    return await use(running)
  } finally {
    await running.stop()
  }
}
