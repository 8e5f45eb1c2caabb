import { describe, expect, it } from '@jest/globals'
import { createContextHeader, portOf } from '../../src/instrumentations/context-header.js'

function send(hosts: unknown, hostname: string, port: number | undefined = 443): string | undefined {
  return createContextHeader(() => ({ hosts: hosts as string[], encode: () => 'value' }))({ hostname, port })
}

describe('createContextHeader', () => {
  it.each([
    ['api.example.com', 'api.example.com', 443],
    ['API.Example.com', 'api.example.COM', 443],
    ['api.example.com', 'api.example.com.', 8443],
    ['api.example.com:443', 'api.example.com', 443],
    ['*.example.com', 'a.example.com', 443],
    ['*.example.com', 'a.b.example.com', 443],
    ['*.example.com:8443', 'a.example.com', 8443],
    ['127.0.0.1:3000', '127.0.0.1', 3000],
    ['::1', '[::1]', 443],
    ['[::1]', '::1', 443],
    ['[::1]:3000', '[::1]', 3000],
    [' api.example.com ', 'api.example.com', 443],
  ])('%s sends to %s on port %d', (pattern, hostname, port) => {
    expect(send([pattern], hostname, port)).toBe('value')
  })

  it.each([
    ['api.example.com', 'api.example.com.evil.com', 443],
    ['api.example.com', 'evil-api.example.com', 443],
    ['api.example.com:443', 'api.example.com', 8443],
    ['*.example.com', 'example.com', 443],
    ['*.example.com', 'evilexample.com', 443],
    ['*.example.com', '.example.com', 443],
    ['*', 'example.com', 443],
    ['', '', 443],
    ['[::1]:3000', '::1', 3001],
    ['api.*.com', 'api.example.com', 443],
  ])('%s does not send to %s on port %d', (pattern, hostname, port) => {
    expect(send([pattern], hostname, port)).toBeUndefined()
  })

  it('does not send by a pattern with a port where the port is not known', () => {
    const header = createContextHeader(() => ({ hosts: ['a:80', 'b'], encode: () => 'value' }))
    expect(header({ hostname: 'a', port: undefined })).toBeUndefined()
    expect(header({ hostname: 'b', port: undefined })).toBe('value')
  })

  it('sends nothing where the context is empty, and does not encode for other hosts', () => {
    const asked: string[] = []
    const encode = (): string => {
      asked.push('encode')
      return ''
    }
    const header = createContextHeader(() => ({ hosts: ['a'], encode }))
    expect(header({ hostname: 'b', port: 80 })).toBeUndefined()
    expect(asked).toEqual([])
    expect(header({ hostname: 'a', port: 80 })).toBeUndefined()
    expect(asked).toEqual(['encode'])
  })

  it('follows hosts that are named later, and takes no harm from what is no list', () => {
    let hosts: readonly string[] = []
    const header = createContextHeader(() => ({ hosts, encode: () => 'value' }))
    expect(header({ hostname: 'a', port: 80 })).toBeUndefined()
    hosts = ['a']
    expect(header({ hostname: 'a', port: 80 })).toBe('value')
    expect(send(undefined, 'a')).toBeUndefined()
    expect(send('a', 'a')).toBeUndefined()
    expect(send([7, null], 'a')).toBeUndefined()
  })
})

describe('portOf', () => {
  it.each([
    ['https:', '', 443],
    ['http:', undefined, 80],
    ['http:', '8080', 8080],
    ['ws:', '', undefined],
  ])('takes the port of %s%s as %s', (protocol, port, expected) => {
    expect(portOf(protocol, port)).toBe(expected)
  })
})
