import assert from 'node:assert/strict'
import { PATHS } from './paths.mjs'

const ratio = (one, other) => (of) => of(one).user / of(other).user

export const row = {
  title: 'Labels and ids read off a path, by a table of 6 resources or a router of 12 routes',
  cpu: 'user',
  full: { units: 3_000_000, warmUp: 2_000_000 },
  smoke: { units: 10, warmUp: 0 },
  variants: {
    ours: { script: 'ours.mjs' },
    'find-my-way': { script: 'find-my-way.mjs', peer: true },
    'path-to-regexp': { script: 'path-to-regexp.mjs', peer: true },
  },
  claims: {
    'ours / find-my-way': ratio('ours', 'find-my-way'),
    'ours / path-to-regexp': ratio('ours', 'path-to-regexp'),
  },
  check(variant, { lines }) {
    const found = Object.fromEntries(lines.map((line) => [line.path, line.found]))
    assert.deepEqual(found, PATHS, `${variant} finds the same`)
  },
}
