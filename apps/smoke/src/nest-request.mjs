import 'reflect-metadata'
import assert from 'node:assert/strict'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { getContext, getLogger } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'
import { Records } from './records.mjs'

const records = new Records()

class PicksController {
  read() {
    getLogger('draft').info('pick_read')
    return getContext()
  }
}
class AppModule {}

// Decorators as plain calls: this file is run as it stands.
Get(':id')(
  PicksController.prototype,
  'read',
  Object.getOwnPropertyDescriptor(PicksController.prototype, 'read'),
)
Controller('picks')(PicksController)
Module({ imports: [TelemetryModule.forRoot({ sinks: [records] })], controllers: [PicksController] })(
  AppModule,
)

/** One request through a real server of this adapter. */
export async function smokeRequest(adapter) {
  const app = await NestFactory.create(AppModule, adapter, { logger: false })
  await app.listen(0, '127.0.0.1')
  const response = await fetch(`${await app.getUrl()}/picks/7`, { headers: { 'x-request-id': 'smoke-1' } })

  assert.equal(response.status, 200)
  assert.equal(response.headers.get('x-request-id'), 'smoke-1')
  assert.equal((await response.json())['request.id'], 'smoke-1')
  assert.equal((await records.first('pick_read')).context['request.id'], 'smoke-1')

  const completed = await records.first('request_completed')
  assert.equal(completed.context['request.id'], 'smoke-1')
  assert.equal(completed.attributes['http.response.status_code'], 200)
  assert.equal(completed.attributes['url.path'], '/picks/7')
  await app.close()
}
