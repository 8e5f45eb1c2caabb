import type { EventList, EventRow, MetricPlot, MetricsView, Status } from '../../src/shared/api.js'
import { pickRequest } from './fixture-pick.js'
import type { FixtureRequest } from './fixture-request.js'
import {
  gaveUpRequest,
  getRequest,
  hostileRequest,
  largeRequest,
  openRequest,
  unsampledRequest,
} from './fixture-states.js'

/** All that the fixture server answers; a suite changes what it needs. */
export interface Fixture {
  status: Status
  /** Newest first. */
  requests: FixtureRequest[]
  events: EventList
  metrics: MetricsView
}

const NOW = Date.UTC(2026, 0, 5, 4, 44, 6, 269)
const BETWEEN_MS = 1250

/** Every state that a page can show, with so many plain requests below. */
export function makeFixture(plain = 400, now = NOW): Fixture {
  const at = (index: number) => now - index * BETWEEN_MS
  const requests = [
    gaveUpRequest('gave-up', at(0)),
    getRequest('plain', at(1), 14.9),
    pickRequest('04f76d92-16a0-4c42-a508-0ac5a6ea1507', at(2)),
    openRequest('open', at(3)),
    unsampledRequest('unsampled', at(4)),
    hostileRequest(at(5)),
    largeRequest('large', at(6), 5000),
    ...Array.from({ length: plain }, (_, index) =>
      index % 7 === 3
        ? pickRequest(`pick-${index}`, at(7 + index))
        : getRequest(`get-${index}`, at(7 + index), 5 + ((index * 37) % 90)),
    ),
  ]
  return { status: fixtureStatus(), requests, events: fixtureEvents(now), metrics: fixtureMetrics(now) }
}

export function fixtureStatus(part: Partial<Status> = {}): Status {
  return {
    version: '0.1.0',
    records: 48_731,
    bytes: 61_000_000,
    limits: { records: 100_000, bytes: 256 * 1024 * 1024 },
    evicted: { requests: 0, records: 0 },
    refused: 0,
    received: { logs: 30_000, spans: 18_731, points: 900 },
    store: { kind: 'memory' },
    services: ['tournament-api', 'tournament-worker', 'tournament-live'],
    hasCatalogue: true,
    endpoint: 'http://127.0.0.1:4318',
    ...part,
  }
}

function fixtureEvents(now: number): EventList {
  const row = (
    event: string,
    level: EventRow['level'],
    service: string,
    count: number,
    listed = true,
  ): EventRow => ({
    event,
    level,
    services: [`tournament-${service}`],
    count,
    lastMinute: Array.from({ length: 60 }, (_, second) =>
      (second * count) % 11 < 3 ? (second * 7 + count) % 5 : 0,
    ),
    lastSeen: now - count * 10,
    listed,
  })
  return {
    hasCatalogue: true,
    now,
    rows: [
      row('job_failed', 'error', 'worker', 18),
      row('draft.pick_conflict', 'warn', 'api', 2),
      row('job_started', 'info', 'worker', 62),
      row('job_completed', 'info', 'worker', 44),
      row('request_completed', 'info', 'api', 41),
      row('draft.pick_validated', 'info', 'api', 26),
      row('draft.pick_made', 'info', 'api', 24),
      row('live.pick_sent', 'info', 'live', 20),
      row('ws_connected', 'info', 'live', 5),
      row('auth.session_loaded', 'debug', 'api', 26),
      row('notify.template_rendered', 'debug', 'worker', 18, false),
    ],
  }
}

const POINTS = 90
const EVERY_S = 10

function fixtureMetrics(now: number): MetricsView {
  const end = Math.floor(now / 1000)
  const times = Array.from({ length: POINTS }, (_, index) => end - (POINTS - 1 - index) * EVERY_S)
  const wave = (base: number, by: number) =>
    times.map((_, index) => base + by * Math.sin(index / 9) + (index % 5) * (by / 8))
  const plot = (
    id: MetricPlot['id'],
    title: string,
    unit: string,
    source: string,
    names: readonly string[],
  ): MetricPlot => ({
    id,
    title,
    unit,
    source,
    series: names.map((name, index) => ({ name, values: wave(40 * (index + 1), 12) })),
  })
  return {
    times,
    plots: [
      plot('requests', 'Requests', '/s', 'http.server.request.duration', ['2xx', '4xx', '5xx']),
      plot('requestLatency', 'Request latency', 'ms', 'http.server.request.duration', ['p50', 'p95', 'p99']),
      plot('jobs', 'Jobs and socket messages', '/s', 'messaging.process.duration', [
        'completed',
        'failed',
        'messages',
      ]),
      plot('jobLatency', 'Job latency', 'ms', 'messaging.process.duration', ['p50', 'p95']),
      plot('sockets', 'Open sockets', '', 'ws.server.active_connections', ['open tournament-api']),
      plot('eventLoop', 'Event loop delay', 'ms', 'nodejs.eventloop.delay.p99', [
        'tournament-api',
        'tournament-worker',
      ]),
      plot('memory', 'Memory', 'MB', 'v8js.memory.heap.used', []),
    ],
  }
}
