import assert from 'node:assert/strict'
import { withOtel } from '../../src/with-otel.mjs'

const SIGNALS = ['traces', 'logs', 'metrics']
const added = (of, variant) => of(variant).cpu - of('empty').cpu

export const row = {
  title: 'Start-up with traces, logs and metrics: CPU of a start',
  cpu: 'user + system',
  services: ['sink'],
  full: { runs: 3 },
  smoke: {},
  variants: {
    empty: { script: '../start-up-off/empty.mjs' },
    ours: { script: 'ours.mjs', env: withOtel(SIGNALS) },
    register: {
      script: '../start-up-off/empty.mjs',
      env: withOtel(SIGNALS),
      nodeArguments: ['--import', '@throughline/otel/register'],
    },
    'sdk-node': {
      script: 'sdk-node.mjs',
      peer: true,
      env: { OTEL_SERVICE_NAME: 'bench', OTEL_METRICS_EXPORTER: 'otlp', OTEL_LOGS_EXPORTER: 'otlp' },
    },
  },
  claims: {
    'added / by sdk-node + auto-instrumentations': (of) => added(of, 'ours') / added(of, 'sdk-node'),
    'added by --import register / the same': (of) => added(of, 'register') / added(of, 'sdk-node'),
  },
  check(variant, { metrics }) {
    if (variant !== 'empty') assert.ok(metrics.length > 0, `${variant} exports metrics as it ends`)
  },
}
