import assert from 'node:assert/strict'
import { checkFields, CONTEXT, OWN } from '../../src/fields.mjs'
import { withOtel } from '../../src/with-otel.mjs'

const added = (of, exported, alone) => of(exported).cpu - of(alone).cpu

export const row = {
  title: 'A log record over OTLP: made, batched, encoded and sent, besides its line on the console',
  cpu: 'user + system',
  services: ['sink'],
  full: { units: 100_000, warmUp: 100_000 },
  smoke: { units: 200, warmUp: 20 },
  variants: {
    'ours-line': { script: 'ours.mjs' },
    'ours-record': { script: 'ours.mjs', env: withOtel(['logs']) },
    'pino-line': { script: 'pino.mjs', peer: true },
    'pino-record': { script: 'pino.mjs', peer: true, env: { BENCH_EXPORT: 'true' } },
    'transport-record': { script: 'transport.mjs', peer: true },
  },
  claims: {
    'added by the record / by instrumentation-pino': (of) =>
      added(of, 'ours-record', 'ours-line') / added(of, 'pino-record', 'pino-line'),
    'added by the record / by pino-opentelemetry-transport': (of) =>
      added(of, 'ours-record', 'ours-line') / added(of, 'transport-record', 'pino-line'),
    'line and record / pino and instrumentation-pino': (of) => of('ours-record').cpu / of('pino-record').cpu,
  },
  check(variant, { lines, logRecords, units }) {
    const own = lines.filter((line) => (line.event ?? line.msg) === 'pick_made')
    assert.equal(own.length, units, `${variant} writes each line`)
    for (const line of own) checkFields(line)
    const records = logRecords.filter(({ body }) => body === 'pick_made')
    assert.equal(records.length, variant.endsWith('-record') ? units : 0, `${variant} exports each record`)
    for (const { attributes } of records) {
      for (const [key, value] of Object.entries({ ...CONTEXT, ...OWN }))
        assert.equal(attributes[key], value, key)
    }
  },
  /** None was dropped on its way. */
  verify(variant, { received, unitsWritten }) {
    if (variant.endsWith('-record'))
      assert.ok(received.logs.records >= unitsWritten, `${variant} lost records`)
  },
}
