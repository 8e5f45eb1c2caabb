import assert from 'node:assert/strict'
import { growthRow } from '../../src/growth.mjs'

export const row = growthRow({
  title: 'The cost of a line as there are more of them',
  cpu: 'user + system',
  unit: 'line',
  ours: { script: '../line/ours.mjs' },
  units: 15_000,
  warmUp: 120_000,
  check(variant, { lines, units }) {
    assert.ok(lines.filter(({ event }) => event === 'pick_made').length >= units)
  },
})
