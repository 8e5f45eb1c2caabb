import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from '@jest/globals'
import { Assets } from '../../src/server/assets.js'
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/server.js'
import { StubStore } from './stub-store.js'

const ends: (() => unknown)[] = []

/** Is called when the test is over, last one first. */
export function atEnd(end: () => unknown): void {
  ends.push(end)
}

/** Makes `atEnd` work in a file of tests. */
export function endAfterEach(): void {
  afterEach(async () => {
    while (ends.length > 0) await ends.pop()?.()
  })
}

export interface TestServer extends RunningServer {
  readonly store: StubStore
  readonly defects: unknown[]
}

/** The server on a free port, before a store that keeps things as they are. */
export async function testServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const store = new StubStore()
  const defects: unknown[] = []
  const server = await startServer({
    port: 0,
    store,
    assets: new Assets(join(tmpdir(), 'throughline-no-such-folder')),
    about: () => ({ version: '1.2.3', store: { kind: 'memory' } }),
    onDefect: (error) => defects.push(error),
    ...options,
  })
  atEnd(() => server.close())
  return { ...server, store, defects }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-console-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
