import assert from 'node:assert/strict'

export const row = {
  title: 'Start-up, OpenTelemetry off: CPU over an empty process, per start',
  cpu: 'user + system',
  full: { runs: 8 },
  smoke: {},
  variants: {
    empty: { script: 'empty.mjs' },
    ours: { script: 'ours.mjs' },
  },
  claims: {
    'added by initTelemetry': (of) => (of('ours').cpu - of('empty').cpu) / 1_000,
  },
  check(variant, { lines }) {
    if (variant === 'ours')
      assert.deepEqual(
        lines.map(({ event }) => event),
        ['otel_off'],
      )
  },
}
