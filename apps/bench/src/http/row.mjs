import assert from 'node:assert/strict'
import { withOtel } from '../with-otel.mjs'

const REQUEST_ID = 'bench-0123456789'
const at = (ratio) => ({ OTEL_TRACES_SAMPLER_ARG: ratio })
const served = (script, options) => ({ script, server: 'http', ...options })
const ratio = (one, other) => (of) => of(one).user / of(other).user

/** Context, completion line and one own line without OpenTelemetry, on the adapter of that name. */
export function requestRow(adapter) {
  return {
    title: `Nest on ${adapter}: context, completion line, one own line; CPU of a request`,
    cpu: 'user',
    full: { units: 20_000, warmUp: 20_000 },
    smoke: { units: 20 },
    variants: {
      bare: served('bare.mjs'),
      ours: served('ours.mjs'),
      'nestjs-pino': served('nestjs-pino.mjs', { peer: true }),
      'nestjs-cls': served('nestjs-cls.mjs', { peer: true }),
      both: served('both.mjs', { peer: true }),
    },
    claims: {
      'ours / bare': ratio('ours', 'bare'),
      'nestjs-pino / bare': ratio('nestjs-pino', 'bare'),
      'nestjs-cls / bare': ratio('nestjs-cls', 'bare'),
      'nestjs-pino and nestjs-cls / bare': ratio('both', 'bare'),
      'ours / nestjs-pino and nestjs-cls': ratio('ours', 'both'),
    },
    check(variant, { spans, lines, units }) {
      assert.equal(spans.length, 0)
      if (variant === 'bare' || variant === 'nestjs-cls') assert.equal(lines.length, 0)
      else checkLines(variant, lines, units)
    },
  }
}

/** The same and a server span; the folder `express` or `fastify` has the scripts without it. */
export function spanRow(adapter) {
  const folder = `../${adapter.toLowerCase()}`
  const ours = (signals, sampled) => served(`${folder}/ours.mjs`, { env: withOtel(signals, at(sampled)) })
  return {
    title: `Nest on ${adapter}: context, completion line, one own line, server span; CPU of a request`,
    cpu: 'user',
    services: ['sink'],
    full: { units: 20_000, warmUp: 20_000 },
    smoke: { units: 20 },
    variants: {
      bare: served(`${folder}/bare.mjs`),
      calling: served('calling.mjs'),
      'ours-0.1': ours(['traces'], '0.1'),
      'ours-1.0': ours(['traces'], '1'),
      'all-signals-0.1': ours(['traces', 'logs', 'metrics'], '0.1'),
      'usual-0.1': served('usual.mjs', { peer: true, env: at('0.1') }),
    },
    claims: {
      'sampled 0.1 / bare that calls': ratio('ours-0.1', 'calling'),
      'sampled 1.0 / bare that calls': ratio('ours-1.0', 'calling'),
      'traces, logs, metrics at 0.1 / bare that calls': ratio('all-signals-0.1', 'calling'),
      'sampled 0.1 / usual stack': ratio('ours-0.1', 'usual-0.1'),
    },
    check(variant, written) {
      if (variant === 'bare' || variant === 'calling') return checkNothing(written)
      return variant.startsWith('usual') ? checkUsualSpans(variant, written) : checkSpans(variant, written)
    },
  }
}

export function checkNothing({ lines, spans }) {
  assert.equal(lines.length + spans.length, 0)
}

/** Two lines for each request, with its id. */
export function checkLines(variant, lines, units) {
  const own = lines.filter((line) => (line.event ?? line.msg) === 'pick_read' && line['pick.id'] === '7')
  const completed = lines.filter(
    ({ event, msg }) => (event ?? msg)?.replace(' ', '_') === 'request_completed',
  )
  assert.equal(own.length, units, `${variant} writes the line of each request`)
  assert.equal(completed.length, units, `${variant} writes the completion of each request`)
  for (const line of [...own, ...completed]) assert.equal(line['request.id'], REQUEST_ID)
}

function checkUsualSpans(variant, { spans, lines, units }) {
  checkServed(variant, spans, units)
  checkLines(variant, lines, units)
  for (const line of lines) assert.match(line.trace_id, /^[\da-f]{32}$/)
}

/** One server span for each request with the fields of the context, its ids on both lines. */
export function checkSpans(variant, { spans, lines, units, logRecords }) {
  const [{ attributes, name, traceId }] = checkServed(variant, spans, units)
  assert.equal(spans.length, units, 'there is no other span')
  assert.equal(name, 'GET /picks/{id}')
  assert.equal(attributes['http.route'], '/picks/{id}')
  assert.equal(attributes['request.id'], REQUEST_ID)
  checkLines(variant, lines, units)
  const ofRequests = lines.filter((line) => 'request.id' in line)
  assert.ok(ofRequests.every(({ trace_id }) => trace_id !== undefined))
  assert.ok(ofRequests.some(({ trace_id }) => trace_id === traceId))
  if (variant.startsWith('all-signals')) assert.ok(logRecords.length >= units * 2)
}

function checkServed(variant, spans, units) {
  const served = spans.filter(({ kind }) => kind === 'SERVER')
  assert.equal(served.length, units, `${variant} makes a server span of each request`)
  const { attributes } = served[0]
  assert.equal(attributes['http.response.status_code'] ?? attributes['http.status_code'], 200)
  return served
}
