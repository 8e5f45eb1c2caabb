import { describe, expect, it } from '@jest/globals'
import { WsTelemetryError } from '../../src/errors.js'
import { compileGatewayPath } from '../../src/nestjs/gateway-path.js'

describe('compileGatewayPath', () => {
  it.each(['/', '/ws', '/ws/:id', '/ws/{}', '/a{b', '/a/{b/c}'])(
    'leaves the literal path %s to Nest',
    (path) => {
      expect(compileGatewayPath(path)).toBeUndefined()
    },
  )

  it.each<[string, string, boolean]>([
    ['/ws/tournaments/{tournamentId}', '/ws/tournaments/5', true],
    ['/ws/tournaments/{tournamentId}', '/ws/tournaments/a%2Fb', true],
    ['/ws/tournaments/{tournamentId}', '/ws/tournaments/%zz', true],
    ['/ws/tournaments/{tournamentId}', '/ws/tournaments/', false],
    ['/ws/tournaments/{tournamentId}', '/ws/tournaments', false],
    ['/ws/tournaments/{tournamentId}', '/ws/tournaments/5/', false],
    ['/ws/tournaments/{tournamentId}', '/ws/tournaments/5/draft', false],
    ['/ws/tournaments/{tournamentId}', '/WS/tournaments/5', false],
    ['/ws/{a}/draft/{b}', '/ws/1/draft/2', true],
    ['/ws/{a}/draft/{b}', '/ws/1/drafts/2', false],
    ['/v{major}.{minor}', '/v1.2', true],
    ['/files/{name}.json', '/files/a.json', true],
    ['/files/{name}.json', '/files/ajson', false],
    ['/a+(b)/{tournament-id}', '/a+(b)/5', true],
  ])('%s for %s is %s', (pattern, pathname, matches) => {
    expect(compileGatewayPath(pattern)?.matches(pathname)).toBe(matches)
  })

  it('explains a path that cannot be matched', () => {
    const compile = (): unknown => compileGatewayPath('/ws/{a}{b}')
    expect(compile).toThrow(WsTelemetryError)
    expect(compile).toThrow(
      'THROUGHLINE_WS_GATEWAY_PATH: the gateway path "/ws/{a}{b}" cannot be matched; separate its {parameters} by text',
    )
  })

  it('takes time linear in the path of a hostile client', () => {
    const path = compileGatewayPath('/{a}-{b}-{c}-{d}/x')
    expect(path?.matches(`/${'-'.repeat(8_000)}`)).toBe(false)
  })
})
