/**
 * Measures the store at its default bound: what adding, listing, searching and opening take. Not part of the suite.
 *
 * pnpm build, then: node --expose-gc measure/store.mjs
 */
import { toBinary } from '@bufbuild/protobuf'
import { decodeRequest, requestSchemas } from '@throughline/otlp'
import { Store } from '../build/model/store.js'

const any = (v) =>
  typeof v === 'string'
    ? { stringValue: v }
    : typeof v === 'number'
      ? Number.isInteger(v)
        ? { intValue: String(v) }
        : { doubleValue: v }
      : Array.isArray(v)
        ? { arrayValue: { values: v.map(any) } }
        : {}
const kv = (o) => Object.entries(o).map(([key, v]) => ({ key, value: any(v) }))
const resource = (s) => ({
  attributes: kv({
    'service.name': s,
    'service.instance.id': s + '-1',
    'host.name': 'vm',
    'process.pid': 42,
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': '2.12.1',
    'process.runtime.description': 'Node.js',
    'os.type': 'linux',
  }),
})
const now = Date.now()
const ns = (ms) => String(BigInt(Math.round((now - 600_000 + ms) * 1000)) * 1000n)
const hex = (n, l) => n.toString(16).padStart(l, '0')
let id = 1
function request(i) {
  const trace = hex(1_000_000 + i, 32),
    rid = `0${hex(i, 7)}-16a0-4c42-a508-0ac5a6ea1507`
  const t = i * 6
  const ctx = {
    'request.id': rid,
    labels: ['tournament', 'draft', 'pick'],
    'tournament.id': i % 50,
    'draft.id': i % 7,
  }
  const user = { ...ctx, 'user.id': i % 900 }
  const s = [],
    l = []
  const root = hex(id++, 16),
    prod = hex(id++, 16),
    cons = hex(id++, 16)
  const span = (spanId, parentSpanId, name, kind, at, ms, attributes) =>
    s.push({
      traceId: trace,
      spanId,
      parentSpanId,
      name,
      kind,
      startTimeUnixNano: ns(t + at),
      endTimeUnixNano: ns(t + at + ms),
      attributes: kv(attributes),
    })
  const line = (spanId, at, eventName, attributes, sev = 9) =>
    l.push({
      traceId: trace,
      spanId,
      timeUnixNano: ns(t + at),
      observedTimeUnixNano: ns(t + at),
      severityNumber: sev,
      eventName,
      body: any(eventName),
      attributes: kv({ ...attributes, 'event.name': eventName }),
    })
  span(root, undefined, 'POST /api/tournaments/{tournamentId}/drafts/{draftId}/picks', 2, 0, 20, {
    ...ctx,
    'url.scheme': 'http',
    'http.request.method': 'POST',
    'http.route': '/api/tournaments/{tournamentId}/drafts/{draftId}/picks',
    'url.path': '/api/tournaments/5/drafts/12/picks',
    'http.response.status_code': 202,
    'server.address': '127.0.0.1',
    'server.port': 3000,
  })
  span(prod, root, 'add match-stats', 4, 5, 3, {
    'messaging.system': 'bullmq',
    'messaging.destination.name': 'match-stats',
    'messaging.operation.type': 'send',
    'request.id': rid,
    'job.id': String(i),
  })
  const job = {
    'job.id': String(i),
    'job.name': 'process_match_stats',
    'job.queue': 'match-stats',
    'job.attempt': 1,
  }
  span(cons, prod, 'process match-stats', 5, 30, 40, {
    ...ctx,
    ...job,
    'messaging.system': 'bullmq',
    'messaging.operation.type': 'process',
  })
  line(root, 4, 'draft.pick_made', { ...user, 'hero.name': 'ember', 'pick.id': i })
  line(root, 20, 'throughline.request_completed', {
    ...user,
    'http.request.method': 'POST',
    'http.route': '/api/x',
    'http.response.status_code': 202,
    duration_ms: 19.7,
  })
  line(cons, 31, 'throughline.job_started', { ...user, ...job })
  line(cons, 40, 'stats.rating_requested', { ...user, ...job, 'hero.name': 'ember' }, 5)
  line(cons, 41, 'stats.cache_missed', { ...user, ...job, 'cache.key': 'hero:ember:' + i }, 5)
  line(cons, 60, 'stats.stats_processed', { ...user, ...job, points: 5 })
  line(cons, 70, 'throughline.job_completed', { ...user, ...job, duration_ms: 39.9 })
  return { s, l }
}
function batches(n) {
  // 10 records each
  const bodies = []
  for (let i = 0; i < n; i += 50) {
    const rs = Array.from({ length: 50 }, (_, k) => request(i + k))
    bodies.push([
      'traces',
      {
        resourceSpans: [
          {
            resource: resource('tournament-api'),
            scopeSpans: [{ scope: { name: '@throughline/core' }, spans: rs.flatMap((r) => r.s) }],
          },
        ],
      },
    ])
    bodies.push([
      'logs',
      {
        resourceLogs: [
          {
            resource: resource('tournament-worker'),
            scopeLogs: [{ scope: { name: '@throughline/core' }, logRecords: rs.flatMap((r) => r.l) }],
          },
        ],
      },
    ])
  }
  return bodies.map(([signal, body]) => [
    signal,
    Buffer.from(
      toBinary(
        requestSchemas[signal],
        decodeRequest(signal, 'json', Buffer.from(JSON.stringify(body))).message,
      ),
    ),
  ])
}
const bodies = batches(Number(process.env.N ?? 20000))
const store = new Store()
const rss0 = process.memoryUsage().rss
let dec = 0,
  add = 0,
  count = 0
const t0 = performance.now()
for (const [signal, body] of bodies) {
  const a = performance.now()
  const p = decodeRequest(signal, 'protobuf', body)
  const b = performance.now()
  store.add(p)
  const c = performance.now()
  dec += b - a
  add += c - b
  count += signal === 'logs' ? 350 : 150
}
console.log(
  `added ${count}: ${(performance.now() - t0).toFixed(0)} ms, decode ${((dec / count) * 1000).toFixed(1)} µs/record, add ${((add / count) * 1000).toFixed(1)} µs/record`,
)
const time = (name, f) => {
  const runs = []
  let r
  for (let i = 0; i < 5; i++) {
    const a = performance.now()
    r = f()
    runs.push((performance.now() - a).toFixed(1))
  }
  console.log(name.padEnd(34), runs.join(' '), 'ms')
  return r
}
const s = store.summary()
console.log(s.records, 'records', (s.bytes / 2 ** 20).toFixed(0), 'MB counted', 'evicted', s.evicted.requests)
time('list', () => store.list({}))
time('list state failed', () => store.list({ state: 'failed' }))
time('text miss', () => store.list({ q: 'zzz-not-there' }))
time('text miss, 3 terms', () => store.list({ q: 'zzz-not-there level:error -foo' }))
time('text hit one', () => store.list({ q: 'hero:ember:19999' }))
time('user', () => store.list({ q: 'user:42' }))
time('attribute', () => store.list({ q: 'job.id:19990' }))
time('events', () => store.events())
time('metrics from spans', () => store.metrics({ minutes: 15 }))
globalThis.gc?.()
const m = process.memoryUsage()
console.log(
  'rss',
  (m.rss / 2 ** 20).toFixed(0),
  'heap',
  (m.heapUsed / 2 ** 20).toFixed(0),
  'start rss',
  (rss0 / 2 ** 20).toFixed(0),
)
// A request of 5,000 rows
const root = hex(99, 16),
  trace = hex(77, 32)
const lines = Array.from({ length: 3000 }, (_, i) => ({
  traceId: trace,
  spanId: root,
  timeUnixNano: ns(i),
  severityNumber: 9,
  eventName: 'work.step_done',
  body: any('step_done'),
  attributes: kv({
    'request.id': 'big',
    'user.id': 7,
    labels: ['tournament'],
    'tournament.id': 5,
    step: i,
    'hero.name': 'ember',
  }),
}))
const sp = Array.from({ length: 2000 }, (_, i) => ({
  traceId: trace,
  spanId: hex(500_000_000 + i, 16),
  parentSpanId: root,
  name: 'pg.query:SELECT postgres',
  kind: 3,
  startTimeUnixNano: ns(i),
  endTimeUnixNano: ns(i + 1),
  attributes: kv({
    'request.id': 'big',
    'db.system.name': 'postgresql',
    'db.query.text': 'select id, name from users where token_hash = $1',
    'server.address': '127.0.0.1',
    'server.port': 5432,
  }),
}))
sp.push({
  traceId: trace,
  spanId: root,
  name: 'POST /big',
  kind: 2,
  startTimeUnixNano: ns(0),
  endTimeUnixNano: ns(3000),
  attributes: kv({
    'request.id': 'big',
    'http.request.method': 'POST',
    'http.route': '/big',
    'http.response.status_code': 200,
    labels: ['tournament'],
    'tournament.id': 5,
  }),
})
store.add(
  decodeRequest(
    'logs',
    'json',
    Buffer.from(
      JSON.stringify({ resourceLogs: [{ resource: resource('a'), scopeLogs: [{ logRecords: lines }] }] }),
    ),
  ),
)
store.add(
  decodeRequest(
    'traces',
    'json',
    Buffer.from(
      JSON.stringify({ resourceSpans: [{ resource: resource('a'), scopeSpans: [{ spans: sp }] }] }),
    ),
  ),
)
const v = time('view of 5,001 rows', () => store.view('big'))
console.log(v.rows.length, 'rows', (JSON.stringify(v).length / 1e6).toFixed(1), 'MB JSON')
time('changesSince', () => store.changesSince(0, 200))
time('summary', () => store.summary())
