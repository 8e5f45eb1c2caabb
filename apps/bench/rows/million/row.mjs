import assert from 'node:assert/strict'
import { withOtel } from '../../src/with-otel.mjs'

const SIGNALS = ['traces', 'logs', 'metrics']
const register = { nodeArguments: ['--import', '@throughline/otel/register'] }
const at = (ratio) => ({ env: withOtel(SIGNALS, { OTEL_TRACES_SAMPLER_ARG: ratio }), ...register })
const service = { server: 'http', output: 'pipe' }

/** Microseconds of a request are seconds of a million. */
const added = (of, variant) => of(variant).cpu - of('bare').cpu

/** Bytes of a request are megabytes of a million. */
const written = ({ written, unitsWritten }) => written / unitsWritten
const sent = ({ received, unitsWritten }, signal) => received[signal].bytes / unitsWritten

export const row = {
  title: 'One million requests, each with a query and a job: CPU of a request (seconds of a million), bytes',
  cpu: 'user + system',
  services: ['sink', 'redis', 'postgres'],
  full: { units: 20_000, warmUp: 3_000 },
  smoke: { units: 20, warmUp: 5 },
  variants: {
    bare: { script: 'bare.mjs', ...service },
    off: { script: 'ours.mjs', ...service },
    'sampled-0.1': { script: 'ours.mjs', ...service, ...at('0.1') },
    'sampled-1.0': { script: 'ours.mjs', ...service, ...at('1') },
  },
  claims: {
    'CPU of the service alone': (of) => of('bare').cpu,
    'added CPU, OpenTelemetry off': (of) => added(of, 'off'),
    'added CPU, sampled 0.1': (of) => added(of, 'sampled-0.1'),
    'added CPU, sampled 1.0': (of) => added(of, 'sampled-1.0'),
    'console lines': (of) => written(of('off')),
    'traces sent, sampled 0.1': (of) => sent(of('sampled-0.1'), 'traces'),
    'traces sent, sampled 1.0': (of) => sent(of('sampled-1.0'), 'traces'),
    'log records sent': (of) => sent(of('sampled-1.0'), 'logs'),
  },
  /** A span each of request, query, added job and attempt; lines of request and job. */
  check(variant, { spans, lines, logRecords, units }) {
    const on = variant.startsWith('sampled')
    const count = (kind) => spans.filter((span) => span.kind === kind).length
    for (const kind of ['SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']) {
      if (on) assert.ok(count(kind) >= units, `${variant}: ${count(kind)} ${kind} spans of ${units} requests`)
      else assert.equal(count(kind), 0)
    }
    for (const event of ['pick_read', 'request_completed', 'pick_settled', 'job_completed']) {
      const all = lines.filter((line) => line.event === event)
      assert.equal(all.length, variant === 'bare' ? 0 : units, `${variant}: ${all.length} lines ${event}`)
      assert.ok(all.every((line) => line['request.id'] === 'bench-0123456789'))
      assert.equal(logRecords.filter(({ body }) => body === event).length, on ? units : 0)
    }
  },
}
