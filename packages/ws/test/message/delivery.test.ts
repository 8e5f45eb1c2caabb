import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type FinishedUnit, onUnitEnd } from '@throughline/core'
import { holdMessage, runMessage } from '../../src/message/delivery.js'
import '../capture.js'

const MESSAGE = { kind: 'message', name: 'message', manualEnd: true } as const

/** Lets listeners run as those of one message. */
function deliver(listeners: () => boolean): boolean {
  return runMessage(MESSAGE, { emitMessage: listeners }, undefined)
}

let units: FinishedUnit[]
let forget: () => void

beforeEach(() => {
  units = []
  forget = onUnitEnd((unit) => units.push(unit))
})

afterEach(() => forget())

describe('a delivery', () => {
  it('ends when the listeners have returned', () => {
    expect(deliver(() => true)).toBe(true)
    expect(deliver(() => false)).toBe(false)
    expect(units.map(({ outcome }) => outcome)).toEqual(['ok', 'ok'])
  })

  it('lasts until everybody who holds it lets go', () => {
    const holds = runHeld(2)
    expect(units).toEqual([])
    holds[1]?.release()
    expect(units).toEqual([])
    holds[0]?.release()
    expect(units.map(({ outcome }) => outcome)).toEqual(['ok'])
  })

  it('has failed when one of them says so', () => {
    const [hold] = runHeld(2)
    hold?.fail(new Error('broken'))
    hold?.release()
    expect(units).toMatchObject([{ outcome: 'error', error: { message: 'broken' } }])
  })

  it('can only be held while it is going on', () => {
    expect(holdMessage()).toBeUndefined()
    deliver(() => true)
    expect(holdMessage()).toBeUndefined()
  })

  it('is not held through a delivery inside of it', () => {
    let inner: ReturnType<typeof holdMessage>
    deliver(() => {
      deliver(() => {
        inner = holdMessage()
        return true
      })
      return true
    })
    expect(units).toHaveLength(1)
    inner?.release()
    expect(units).toHaveLength(2)
  })

  it('leaves the rejection of an asynchronous listener to Node', () => {
    const script = fileURLToPath(new URL('../fixtures/rejecting-listener.mjs', import.meta.url))
    const { stdout, status } = spawnSync(process.execPath, [script], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'info', LOG_FORMAT: 'json' },
    })
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(status).toBe(0)
    const unhandled = lines.find(({ event }) => event === 'unhandled')
    expect(unhandled).toMatchObject({ reason: 'no such hero', same: true })
    expect(lines.map(({ event }) => event)).not.toContain('ws_error')
  })
})

function runHeld(times: number): ReturnType<typeof holdMessage>[] {
  const holds: ReturnType<typeof holdMessage>[] = []
  deliver(() => {
    for (let i = 0; i < times; i++) holds.push(holdMessage())
    return true
  })
  return holds
}
