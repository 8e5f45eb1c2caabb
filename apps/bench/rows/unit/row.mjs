import assert from 'node:assert/strict'
import { withOtel } from '../../src/with-otel.mjs'

const NEVER = { OTEL_TRACES_SAMPLER_ARG: '0' }

export const row = {
  title: 'A unit of work without I/O, made and run',
  cpu: 'user',
  services: ['sink'],
  full: { units: 2_000_000, warmUp: 2_000_000 },
  smoke: { units: 100, warmUp: 10 },
  variants: {
    'nested-runs': { script: 'nested-runs.mjs' },
    unit: { script: 'unit.mjs' },
    unsampled: { script: 'unit.mjs', env: withOtel(['traces'], NEVER) },
    'sdk-unsampled': { script: 'sdk-unsampled.mjs', peer: true, env: NEVER },
  },
  claims: {
    'unit / two nested AsyncLocalStorage runs': (of) => of('unit').user / of('nested-runs').user,
    'unit with unsampled span / the same by the SDK': (of) => of('unsampled').user / of('sdk-unsampled').user,
  },
  check(variant, { spans, units }) {
    const expected = { unsampled: units, 'sdk-unsampled': units }[variant] ?? 0
    assert.equal(spans.length, expected, `${variant} makes a span of each unit where all are sampled`)
    if (variant === 'unsampled') assert.equal(spans[0].attributes['request.id'], '0123456789')
  },
}
