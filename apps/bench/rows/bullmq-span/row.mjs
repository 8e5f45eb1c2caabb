import assert from 'node:assert/strict'
import { checkJobLines } from '../../src/jobs-row.mjs'
import { withOtel } from '../../src/with-otel.mjs'

const added = (of, variant) => of(variant).user - of('bare').user
const ALL = { OTEL_TRACES_SAMPLER_ARG: '1' }

export const row = {
  title: 'A BullMQ job, added and processed at concurrency 16: context, lines and spans',
  cpu: 'user',
  services: ['sink', 'redis'],
  full: { units: 30_000, warmUp: 30_000 },
  smoke: { units: 20, warmUp: 5 },
  variants: {
    bare: { script: '../bullmq/bare.mjs' },
    'ours-1.0': { script: '../bullmq/ours.mjs', env: withOtel(['traces'], ALL) },
    'ours-0.1': {
      script: '../bullmq/ours.mjs',
      env: withOtel(['traces'], { OTEL_TRACES_SAMPLER_ARG: '0.1' }),
    },
    'bullmq-otel-1.0': { script: 'bullmq-otel.mjs', peer: true, env: ALL },
  },
  claims: {
    'added with spans at 1.0 / added by bullmq-otel': (of) =>
      added(of, 'ours-1.0') / added(of, 'bullmq-otel-1.0'),
    'sampled 1.0 / bare': (of) => of('ours-1.0').user / of('bare').user,
    'sampled 0.1 / bare': (of) => of('ours-0.1').user / of('bare').user,
  },
  /** A span of whoever adds and one of the attempt; bullmq-otel writes no lines and knows no context. */
  check(variant, { spans, lines, units }) {
    const of = (wanted) => spans.filter(({ kind, name }) => kind === wanted && name.includes('picks'))
    if (variant === 'bare') return assert.equal(spans.length, 0)
    assert.ok(
      of('PRODUCER').length >= units,
      `${variant}: ${of('PRODUCER').length} spans of ${units} jobs added`,
    )
    const consumers = of('CONSUMER').filter(({ attributes }) =>
      Object.keys(attributes).some((key) => /job\.?_?id|message\.id/i.test(key)),
    )
    assert.ok(consumers.length >= units, `${variant}: ${consumers.length} spans of ${units} attempts`)
    if (!variant.startsWith('ours')) return undefined
    checkJobLines(variant, lines, units)
    return assert.ok(lines.filter(({ event }) => event === 'job_completed').every(({ trace_id }) => trace_id))
  },
}
