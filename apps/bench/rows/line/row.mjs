import assert from 'node:assert/strict'
import { checkFields, CONTEXT, OWN } from '../../src/fields.mjs'
import { withOtel } from '../../src/with-otel.mjs'

const LINES = [1, 3, 10]
const PEERS = ['mixin', 'child', 'winston', 'logtape', 'evlog']
const lines = (count) => ({ BENCH_LINES: String(count) })

const perContext = (name, peer) =>
  LINES.map((count) => [`${name}-${count}`, { script: `${name}.mjs`, peer, env: lines(count) }])
const ratio = (ours, peer) => (of) => of(ours).cpu / of(peer).cpu

export const row = {
  title: 'A line with 6 fields of the context and 3 of its own; 1, 3 and 10 lines per context',
  cpu: 'user + system',
  services: ['sink'],
  full: { units: 300_000, warmUp: 300_000 },
  smoke: { units: 60, warmUp: 0 },
  variants: Object.fromEntries([
    ...perContext('ours', false),
    ...PEERS.flatMap((peer) => perContext(peer, true)),
    ['mixin-default-3', { script: 'mixin-default.mjs', peer: true, env: lines(3) }],
    ['ours-pipe-3', { script: 'ours.mjs', env: lines(3), output: 'pipe' }],
    ['mixin-pipe-3', { script: 'mixin.mjs', peer: true, env: lines(3), output: 'pipe' }],
    ['ours-ids-3', { script: 'ours-ids.mjs', env: withOtel(['traces'], lines(3)) }],
    ['mixin-ids-3', { script: 'mixin-ids.mjs', peer: true, env: lines(3) }],
  ]),
  claims: {
    ...Object.fromEntries(
      LINES.map((count) => [`${count} per context / pino + mixin`, ratio(`ours-${count}`, `mixin-${count}`)]),
    ),
    '3 to a pipe / pino + mixin': ratio('ours-pipe-3', 'mixin-pipe-3'),
    '3 with trace ids / pino + mixin + ids': ratio('ours-ids-3', 'mixin-ids-3'),
    '3 per context / pino + mixin, asynchronous as by default': ratio('ours-3', 'mixin-default-3'),
    ...Object.fromEntries(
      PEERS.slice(1).map((peer) => [`3 per context / ${peer}`, ratio('ours-3', `${peer}-3`)]),
    ),
  },
  /** All fields on every line; of evlog's wide events, on the picks in them. */
  check(variant, { lines, spans, units }) {
    const made = lines.flatMap(({ picks, ...line }) => picks?.map((pick) => ({ ...line, ...pick })) ?? [line])
    const own = made.filter((line) => (line.event ?? line.msg ?? line.message) === 'pick_made')
    assert.equal(own.length, units, `${variant} writes each line`)
    for (const line of own) {
      checkFields(line)
      assert.match(line.timestamp ?? line['@timestamp'] ?? String(line.time), /^\d{13}$|^\d{4}-.*Z$/)
      assert.ok(line.level !== undefined)
      if (variant.includes('-ids-'))
        assert.match(`${line.trace_id}-${line.span_id}`, /^[\da-f]{32}-[\da-f]{16}$/)
    }
    assert.equal(spans.length, 0)
  },
  /** None was dropped because the reader was slow. */
  verify(variant, { written, unitsWritten }) {
    const least = JSON.stringify({ ...CONTEXT, ...OWN }).length
    if (variant.includes('-pipe-')) assert.ok(written / unitsWritten > least, `${variant} lost lines`)
  },
}
