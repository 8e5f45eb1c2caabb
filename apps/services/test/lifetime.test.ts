import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findNativeRedis } from '../src/index.js'
import { processesNaming } from './fixtures/processes.js'

const HOLD = fileURLToPath(new URL('fixtures/hold.mjs', import.meta.url))
const KINDS = ['embedded', 'postgres', ...(findNativeRedis() ? ['native'] : [])]

// All that a run starts names this folder in its arguments.
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'services-test-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function hold(ending: string): ChildProcess {
  return spawn(process.execPath, [HOLD, ending, ...KINDS], {
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** Waits as long as the test may take: the servers end soon after, not with, the process that started them. */
async function nothingIsLeft(): Promise<void> {
  while (processesNaming(folder).length > 0 || readdirSync(folder).length > 0) await sleep(50)
}

describe('when the process that started servers ends', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('by %s, they and their data go', async (signal) => {
    const holder = hold('signal')
    await once(holder.stdout!, 'data')
    expect(readdirSync(folder)).toHaveLength(KINDS.length)
    expect(processesNaming(folder).length).toBeGreaterThanOrEqual(KINDS.length)

    holder.kill(signal)

    expect(await once(holder, 'exit')).toEqual([null, signal])
    await nothingIsLeft()
  })

  it.each(['by itself', 'throw', 'while starting'])('%s, they and their data go', async (ending) => {
    const holder = hold(ending)
    const [output] = await Promise.all([text(holder.stdout!), once(holder, 'exit')])

    expect(output).toBe(ending === 'while starting' ? '' : 'started\n')
    await nothingIsLeft()
  })
})
