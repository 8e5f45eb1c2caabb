import assert from 'node:assert/strict'
import { withOtel } from '../with-otel.mjs'

const LINES = ['draft.pick_read', 'request_completed']
const at = (ratio) => ({ OTEL_TRACES_SAMPLER_ARG: ratio })

/** The variants that both adapters have: `adapter` names the folder's scripts. */
export const HTTP_VARIANTS = {
  bare: { script: 'bare.mjs', server: true },
  calling: { script: 'calling.mjs', server: true },
  'ours-0.1': { script: 'ours.mjs', server: true, env: withOtel(['traces'], at('0.1')) },
  'ours-1.0': { script: 'ours.mjs', server: true, env: withOtel(['traces'], at('1')) },
  'all-signals-0.1': {
    script: 'ours.mjs',
    server: true,
    env: withOtel(['traces', 'logs', 'metrics'], at('0.1')),
  },
  'usual-0.1': { script: 'usual.mjs', server: true, peer: true, env: at('0.1') },
}

/** Two lines and one server span for each request, with the same fields, by everybody but the bare ones. */
export function checkRequests(variant, { spans, lines, units, logRecords }) {
  const served = spans.filter(({ kind }) => kind === 'SERVER')
  if (variant === 'bare' || variant === 'calling') return assert.equal(lines.length + spans.length, 0)
  assert.equal(served.length, units, `${variant} makes a server span of each request`)
  const [{ attributes, name, traceId }] = served
  assert.equal(attributes['http.response.status_code'] ?? attributes['http.status_code'], 200)
  if (variant === 'usual-0.1') {
    assert.equal(lines.length, units * 2, 'the usual stack writes two lines')
    return lines.forEach((line) => {
      assert.equal(line['request.id'], 'bench-0123456789')
      assert.match(line.trace_id, /^[\da-f]{32}$/)
    })
  }
  assert.equal(spans.length, units, 'there is no other span')
  assert.equal(name, 'GET /picks/{id}')
  assert.equal(attributes['http.route'], '/picks/{id}')
  assert.equal(attributes['request.id'], 'bench-0123456789')
  const own = lines.filter(({ event, logger }) =>
    LINES.includes(logger === 'draft' ? `draft.${event}` : event),
  )
  assert.equal(own.length, units * 2, `${variant} writes two lines`)
  assert.ok(own.every((line) => line['request.id'] === 'bench-0123456789' && line.trace_id !== undefined))
  assert.ok(own.some((line) => line.trace_id === traceId))
  if (variant === 'all-signals-0.1') assert.ok(logRecords.length >= units * 2)
  return undefined
}
