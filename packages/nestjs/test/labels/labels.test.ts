import { Controller, Get } from '@nestjs/common'
import { describe, expect, it } from '@jest/globals'
import type { LabelTable } from '@throughline/core'
import { Labels } from '../../src/index.js'
import { platforms, withApp } from '../support/applications.js'
import { call } from '../support/client.js'

@Labels('draft', 'tournament')
class Base {
  @Labels('pick', 'draft')
  @Get('pick')
  pick(): string {
    return 'pick'
  }
}

@Controller('tournaments/:id')
class PicksController extends Base {
  @Get('plain')
  plain(): string {
    return 'plain'
  }
}

@Labels('other')
@Controller('other')
class OtherController extends Base {}

const labels: LabelTable = {
  mounts: [],
  rootResources: ['tournaments'],
  resources: [{ segments: ['tournaments'], id: ['int'] }],
}

describe.each(platforms)('Labels on $platform', ({ platform }) => {
  it.each<[string, object]>([
    ['/tournaments/5/pick', { labels: ['tournament', 'draft', 'pick'], 'tournament.id': 5 }],
    ['/tournaments/5/plain', { labels: ['tournament', 'draft'], 'tournament.id': 5 }],
    ['/other/pick', { labels: ['other', 'pick', 'draft'] }],
    ['/tournaments/5', { labels: ['tournament'], 'tournament.id': 5 }],
  ])('come after those of the path, each once: %s', async (path, context) => {
    await withApp(
      platform,
      { controllers: [PicksController, OtherController], telemetry: { labels } },
      async ({ port, records }) => {
        const { requestId } = await call(port, path)

        expect((await records.completion(requestId)).context).toEqual({ 'request.id': requestId, ...context })
      },
    )
  })
})

describe('Labels', () => {
  it.each(['Draft', '', '1st', 'a b', 'a.b'])('refuses %j, which could not cross a hop', (label) => {
    expect(() => Labels('fine', label)).toThrow(
      expect.objectContaining({ code: 'THROUGHLINE_INVALID_LABEL' }),
    )
  })
})
