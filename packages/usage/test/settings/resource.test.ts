import { describe, expect, it } from '@jest/globals'
import { createResource } from '../../src/settings/resource.js'

describe('createResource', () => {
  it('names the product and its version, and nothing else', () => {
    expect(createResource('acme', '1.2.3', undefined)).toEqual({
      'service.name': 'acme',
      'service.version': '1.2.3',
    })
  })

  it('adds what the product says of its release', () => {
    expect(createResource('acme', '1', { 'release.channel': 'beta', ci: true })).toMatchObject({
      'release.channel': 'beta',
      ci: 'true',
    })
  })

  it.each([
    'host.name',
    'user.email',
    'process.pid',
    'service.instance.id',
    'device.id',
    'os.name',
    'host',
    'App.id',
    'a b',
  ])('leaves out %s', (name) => {
    expect(Object.keys(createResource('acme', '1', { [name]: 'x' }))).toEqual([
      'service.name',
      'service.version',
    ])
  })

  it('cannot be given another name, and keeps sixteen attributes at most', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`a${at}`, 'x']))
    const resource = createResource('acme', '1', { 'service.name': 'other', ...many })
    expect(resource['service.name']).toBe('acme')
    expect(Object.keys(resource)).toHaveLength(18)
  })
})
