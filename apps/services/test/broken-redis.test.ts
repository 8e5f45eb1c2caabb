import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRedis, type RedisKind, type Service } from '../src/index.js'

const BROKEN = `#!/bin/sh
[ "$1" = --version ] && echo "Redis server v=0.1" && exit
echo "out of order" >&2
exit 1
`

const path = process.env['PATH']
let folder: string
let started: Service<RedisKind> | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'broken-redis-'))
  writeFileSync(join(folder, 'redis-server'), BROKEN, { mode: 0o755 })
  process.env['PATH'] = folder
})
afterEach(() => started?.stop())
afterAll(() => {
  process.env['PATH'] = path
  rmSync(folder, { recursive: true })
})

describe('startRedis with a server on the PATH that does not start', () => {
  it('says what was run, what it wrote, and what to do', async () => {
    const message = await startRedis({ prefer: 'native' }).catch((error: Error) => error.message)

    expect(message).toContain(`Could not start ${join(folder, 'redis-server')}: it ended early`)
    expect(message).toContain(`Ran: ${join(folder, 'redis-server')} --bind 127.0.0.1`)
    expect(message).toContain('out of order')
    expect(message).toContain('set REDIS_URL')
  })

  it('takes the embedded one where any will do', async () => {
    started = await startRedis()

    expect(started.kind).toBe('embedded')
  })
})

describe('startRedis without a server on the PATH', () => {
  it('says so when only a native one will do', async () => {
    process.env['PATH'] = ''

    await expect(startRedis({ prefer: 'native' })).rejects.toThrow('No redis-server and no valkey-server')
  })
})
