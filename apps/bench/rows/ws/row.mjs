import assert from 'node:assert/strict'

const served = (script, options) => ({ script, server: 'ws', ...options })
const ratio = (one, other) => (of) => of(one).user / of(other).user

export const row = {
  title: 'A message of a ws socket, echoed: context, and one line',
  cpu: 'user',
  full: { units: 120_000, warmUp: 60_000 },
  smoke: { units: 20 },
  variants: {
    bare: served('bare.mjs'),
    context: served('context.mjs'),
    line: served('line.mjs'),
    mixin: served('mixin.mjs', { peer: true }),
  },
  claims: {
    'context / bare': ratio('context', 'bare'),
    'context and line / bare': ratio('line', 'bare'),
    'line of pino + mixin / bare': ratio('mixin', 'bare'),
    'context and line / pino + mixin': ratio('line', 'mixin'),
  },
  /** The line of each message has the request's id and that of the connection. */
  check(variant, { lines, units }) {
    const received = lines.filter((line) => (line.event ?? line.msg) === 'pick_received')
    assert.equal(received.length, variant === 'bare' || variant === 'context' ? 0 : units)
    for (const line of received) {
      assert.equal(line['request.id'], 'bench-0123456789')
      assert.match(line['ws.conn_id'], /^[\da-f-]{36}$/)
      assert.equal(line['pick.slot'], 3)
    }
    const connected = lines.filter(({ event }) => event === 'ws_connected')
    if (variant === 'context' || variant === 'line') assert.ok(connected.length > 0)
  },
}
