/** An application on NestJS that others watch as well; it serves until its parent tells it to stop. */
import 'reflect-metadata'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { bindContext, getLogger, initTelemetry } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'

export const log = getLogger('app')

/** Decorators, for a file that nobody compiles. */
export function route(type, path, handlers) {
  Controller(path)(type)
  for (const [name, template] of Object.entries(handlers)) {
    Get(template)(type.prototype, name, Object.getOwnPropertyDescriptor(type.prototype, name))
  }
  return type
}

export class Matches {
  async show() {
    log.info('in_handler')
    bindContext({ 'match.id': 7 })
    await new Promise(setImmediate)
    log.info('later')
    return { ok: true }
  }

  fail() {
    throw new TypeError('match is gone')
  }
}
route(Matches, 'matches', { show: ':id', fail: ':id/fail' })

/** Serves, tells the parent where, and stops when that says so; then `after` runs. */
export async function serve(controllers, after = async () => {}) {
  class App {}
  Module({ imports: [TelemetryModule.forRoot()], controllers })(App)
  const app = await NestFactory.create(App, { logger: false })
  await app.listen(0, '127.0.0.1')
  process.send({ port: app.getHttpServer().address().port })
  await new Promise((resolve) => process.once('message', resolve))
  await app.close()
  await initTelemetry().shutdown()
  await after()
  process.disconnect()
}
