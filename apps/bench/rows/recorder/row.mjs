import assert from 'node:assert/strict'
import { checkFields } from '../../src/fields.mjs'

/** A line that is kept takes so little that the compiler needs more of them. */
const KEPT = { full: { units: 1_500_000, warmUp: 1_500_000 } }
const NESTED = { BENCH_NESTED: 'true' }
const LINES = 50

export const row = {
  title: 'A debug line that the recorder keeps and drops with its unit, 50 lines in a unit',
  cpu: 'user + system',
  full: { units: 300_000, warmUp: 300_000 },
  smoke: { units: LINES, warmUp: 0 },
  variants: {
    flat: { script: 'kept.mjs', ...KEPT },
    nested: { script: 'kept.mjs', env: NESTED, ...KEPT },
    memory: { script: 'memory.mjs', nodeArguments: ['--expose-gc'], full: { units: 1_000 } },
    'pino-flat': { script: 'pino.mjs', peer: true },
    'pino-nested': { script: 'pino.mjs', peer: true, env: NESTED },
  },
  claims: {
    'kept and dropped, flat attributes': (of) => of('flat').cpu,
    'kept and dropped, nested attributes': (of) => of('nested').cpu,
    '1,000 units of 50 lines': (of) => of('memory').heap[0],
    'flat, kept / written by pino + mixin': (of) => of('flat').cpu / of('pino-flat').cpu,
    'nested, kept / written by pino + mixin': (of) => of('nested').cpu / of('pino-nested').cpu,
  },
  /** A unit that fails replays all of its lines, with all of their fields. */
  check(variant, { lines }) {
    const kept = lines.filter((line) => (line.event ?? line.msg) === 'pick_weighed')
    assert.equal(kept.length, variant === 'memory' ? 0 : LINES)
    for (const line of kept) {
      checkFields(line)
      if (!variant.startsWith('pino')) assert.equal(line.replayed, true)
      if (variant.endsWith('nested'))
        assert.deepEqual(line.hero, { name: 'axe', roles: ['carry', 'initiator'] })
    }
  },
}
