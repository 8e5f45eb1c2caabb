import assert from 'node:assert/strict'
import { checkJobLines } from '../../src/jobs-row.mjs'

const ratio = (one, other) => (of) => of(one).user / of(other).user

export const row = {
  title: 'A BullMQ job, added and processed at concurrency 16: context and two lines',
  cpu: 'user',
  services: ['redis'],
  full: { units: 30_000, warmUp: 30_000 },
  smoke: { units: 20, warmUp: 5 },
  variants: {
    bare: { script: 'bare.mjs' },
    ours: { script: 'ours.mjs' },
    pino: { script: 'pino.mjs', peer: true },
  },
  claims: {
    'ours / bare': ratio('ours', 'bare'),
    'pino + mixin by hand / bare': ratio('pino', 'bare'),
  },
  check(variant, { lines, units }) {
    if (variant === 'bare') assert.equal(lines.length, 0)
    else checkJobLines(variant, lines, units)
  },
}
