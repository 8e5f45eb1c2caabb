import assert from 'node:assert/strict'
import { growthRow } from '../../src/growth.mjs'
import { checkJobLines } from '../../src/jobs-row.mjs'

export const row = growthRow({
  title: 'The cost of a BullMQ job as there are more of them, and with 1 to 1,000 at a time',
  cpu: 'user + system',
  services: ['redis'],
  unit: 'job',
  each: 'jobs at a time',
  ours: { script: '../bullmq/ours.mjs' },
  bare: { script: '../bullmq/bare.mjs' },
  units: 500,
  atOnceUnits: 4_000,
  warmUp: 30_000,
  check(variant, { lines, units }) {
    if (variant.startsWith('bare')) assert.equal(lines.length, 0)
    else checkJobLines(variant, lines, units)
  },
})
