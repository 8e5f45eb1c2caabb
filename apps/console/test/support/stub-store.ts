import type { Payload } from '@throughline/otlp'
import type { RequestRow } from '../../src/shared/api.js'
import type { ListQuery } from '../../src/server/telemetry-reader.js'
import type { TelemetryStore } from '../../src/server/telemetry-store.js'

/** A store that keeps what it is given as it is, for tests of what stands before it. */
export class StubStore implements TelemetryStore {
  readonly payloads: Payload[] = []
  readonly queries: ListQuery[] = []
  /** What the next additions are answered with. */
  rejection: { rejected: number; reason?: string } = { rejected: 0 }
  readonly #listeners = new Set<() => void>()
  readonly #changes: { version: number; row?: RequestRow; gone?: string }[] = []
  #version = 0
  closed = 0

  get listeners(): number {
    return this.#listeners.size
  }

  add(payload: Payload): { rejected: number; reason?: string } {
    this.payloads.push(payload)
    return this.rejection
  }

  list(query: ListQuery) {
    this.queries.push(query)
    return { rows: [], counts: { all: 0, failed: 0, retried: 0, slow: 0 }, slowMs: 500, problems: [] }
  }

  view(key: string) {
    if (key === 'defect') throw new Error('a defect')
    return { error: 'unknown', evicted: key === 'evicted' } as const
  }

  raw(seq: number) {
    return seq === 7
      ? ({
          seq,
          signal: 'logs',
          record: { body: '<script>alert(1)</script>' },
          scope: {},
          resource: {},
        } as const)
      : undefined
  }

  export(key: string) {
    return key === 'gone' ? undefined : { requestId: key, exported: '2026-01-01T00:00:00Z', records: [] }
  }

  events() {
    return { rows: [], hasCatalogue: false, now: 1 }
  }

  metrics({ minutes }: { minutes: number }) {
    return { times: [minutes], plots: [] }
  }

  summary() {
    return {
      records: 0,
      bytes: 0,
      limits: { records: 100_000, bytes: 1 },
      evicted: { requests: 0, records: 0 },
      received: { logs: this.payloads.length, spans: 0, points: 0 },
      services: [],
      hasCatalogue: false,
      rejected: 0,
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(row: RequestRow): void {
    this.#log({ row })
  }

  evict(key: string): void {
    this.#log({ gone: key })
  }

  changesSince(version: number, limit: number) {
    const since = this.#changes.filter((change) => change.version > version)
    const requests = since.flatMap(({ row }) => row ?? []).slice(-limit || this.#changes.length)
    return { version: this.#version, requests, gone: since.flatMap(({ gone }) => gone ?? []) }
  }

  close(): void {
    this.closed += 1
  }

  #log(change: { row?: RequestRow; gone?: string }): void {
    this.#version += 1
    this.#changes.push({ version: this.#version, ...change })
    for (const listener of this.#listeners) listener()
  }
}

export function rowOf(key: string, name = 'GET /'): RequestRow {
  return {
    key,
    version: 1,
    started: 0,
    outcome: 'ok',
    retries: 0,
    name,
    kind: 'http',
    hops: [],
    labels: [],
    lines: 0,
    spans: 1,
    services: [],
  }
}
