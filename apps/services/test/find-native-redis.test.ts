import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findNativeRedis } from '../src/index.js'

let base: string
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'find-native-redis-'))
})
afterAll(() => rmSync(base, { recursive: true }))

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(base, 'path-'))
  for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o755 })
  return folder
}

describe('findNativeRedis', () => {
  it('prefers redis-server, wherever it is on the PATH', () => {
    const valkey = folderWith('valkey-server')
    const both = folderWith('valkey-server', 'redis-server')

    expect(findNativeRedis([valkey, both].join(delimiter))).toBe(join(both, 'redis-server'))
  })

  it('takes valkey-server where there is no redis-server', () => {
    const valkey = folderWith('valkey-server')

    expect(findNativeRedis(['', '/does/not/exist', valkey].join(delimiter))).toBe(
      join(valkey, 'valkey-server'),
    )
  })

  it('passes over what cannot be run', () => {
    const folder = folderWith('redis-server')
    chmodSync(join(folder, 'redis-server'), 0o644)
    mkdirSync(join(folder, 'valkey-server'))

    expect(findNativeRedis(folder)).toBeUndefined()
  })
})
