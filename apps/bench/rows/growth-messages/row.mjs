import assert from 'node:assert/strict'
import { growthRow } from '../../src/growth.mjs'

export const row = growthRow({
  title: 'The cost of a message with a line as there are more of them, and over 1 to 1,000 sockets',
  cpu: 'user + system',
  unit: 'message',
  each: 'sockets',
  ours: { script: '../ws/line.mjs', server: 'ws' },
  bare: { script: '../ws/bare.mjs', server: 'ws' },
  units: 5_000,
  atOnceUnits: 40_000,
  warmUp: 80_000,
  check(variant, { lines, units }) {
    const received = lines.filter(({ event }) => event === 'pick_received')
    assert.equal(received.length, variant.startsWith('bare') ? 0 : units)
  },
})
