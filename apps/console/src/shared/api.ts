/**
 * What the server answers and the page reads: JSON over GET, and one stream of server-sent events.
 *
 * Times are milliseconds since the epoch with a fraction; durations are milliseconds.
 *
 * | path                        | answer                                                      |
 * | --------------------------- | ----------------------------------------------------------- |
 * | `/api/status`               | {@link Status}                                              |
 * | `/api/requests`             | {@link RequestList}; `q`, `state`, `before`, `limit`        |
 * | `/api/requests/:key`        | {@link RequestView}, or 404 with {@link UnknownRequest}     |
 * | `/api/requests/:key/export` | {@link RequestExport}: every record of it, as a file        |
 * | `/api/records/:seq`         | {@link RawRecord}: one record as it arrived                 |
 * | `/api/events`               | {@link EventList}                                           |
 * | `/api/metrics`              | {@link MetricsView}; `minutes`                              |
 * | `/api/stream`               | server-sent events, see {@link StreamMessages}              |
 */

/** What a unit of work or a span is, as the page's badges say it. */
export type Kind = 'http' | 'job' | 'ws' | 'sql' | 'out'
export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }
export type Attributes = Readonly<Record<string, Value>>

export interface Status {
  /** Of the package. */
  readonly version: string
  /** Log records and spans in the store. */
  readonly records: number
  readonly bytes: number
  /** The bounds of the store. */
  readonly limits: { readonly records: number; readonly bytes: number }
  /** What left the store since the start because of a bound; `since` is when that began. */
  readonly evicted: { readonly requests: number; readonly records: number; readonly since?: number }
  /** What arrived and was not taken: too large, malformed, or of another kind. */
  readonly refused: number
  /** Arrived in all since the start. */
  readonly received: { readonly logs: number; readonly spans: number; readonly points: number }
  readonly store: { readonly kind: 'memory' | 'sqlite'; readonly file?: string }
  /** Names of the services that sent something. */
  readonly services: readonly string[]
  /** Whether a catalogue was given. */
  readonly hasCatalogue: boolean
  /** Where to send telemetry: the base of OTLP/HTTP. */
  readonly endpoint: string
}

/** `ok`; `retried`: attempts failed, the last did not; `failed`: something failed for good; `open`: not ended yet. */
export type Outcome = 'ok' | 'retried' | 'failed' | 'open'

/** A piece of one of the three lanes of a request's strip; from 0 to 1 of the strip, gaps squeezed. */
export interface Hop {
  readonly kind: 'http' | 'job' | 'ws'
  readonly from: number
  readonly to: number
  readonly failed: boolean
}

/** One request in the list: everything with one `request.id`, or a trace that has none. */
export interface RequestRow {
  /** Stable as long as it is in the store; part of the address of its page. The request.id where it has one. */
  readonly key: string
  readonly requestId?: string
  /** Raised with every change. */
  readonly version: number
  readonly started: number
  readonly outcome: Outcome
  /** Of the HTTP answer. */
  readonly statusCode?: number
  /** Attempts that failed though the job did not give up. */
  readonly retries: number
  /** What failed for good, as one or two words: "job gave up", "socket failed"; absent where the status says it. */
  readonly failure?: string
  /** Route, job or event that it began with. */
  readonly name: string
  readonly kind: Kind
  readonly hops: readonly Hop[]
  readonly userId?: string
  /** `labels` and the ids that follow from them, as shown: ["tournament", "draft 6"]. */
  readonly labels: readonly string[]
  readonly lines: number
  readonly spans: number
  /** Until the answer of the first unit; absent while it is not known. */
  readonly answerMs?: number
  /** Until the last record of all; absent where that is the answer. */
  readonly doneMs?: number
  readonly services: readonly string[]
}

export type StateFilter = 'failed' | 'retried' | 'slow'

export interface RequestList {
  /** Newest first. */
  readonly rows: readonly RequestRow[]
  /** Give as `before` for the next page; absent on the last one. */
  readonly next?: string
  /** Of all that match `q`, whatever `state` says. */
  readonly counts: { readonly all: number } & Readonly<Record<StateFilter, number>>
  /** Requests whose answer takes longer than this are slow. */
  readonly slowMs: number
  /** Set where nothing matches, and leaving out one term would: that term as it was typed. */
  readonly emptyBecause?: string
  /** Terms that were not understood, with what is allowed. */
  readonly problems: readonly string[]
}

export interface UnknownRequest {
  readonly error: 'unknown'
  /** Whether it was here and had to leave. */
  readonly evicted: boolean
}

/** One request, whole, in the order in which it is shown. */
export interface RequestView {
  readonly row: RequestRow
  /** The first moment of it; what `at` and `end` of rows count from. */
  readonly origin: number
  readonly traces: readonly string[]
  /** Distinct problems, the first first: the banner shows them. */
  readonly errors: readonly ErrorSummary[]
  /** Depth first: a unit, its spans and lines by time, then the units that it started. */
  readonly rows: readonly ViewRow[]
  /** Set where no span arrived though lines did: most likely why. */
  readonly withoutSpans?: { readonly sampleRatio?: number }
  /** Messages of a connection that are folded away: the last 50 are kept. */
  readonly folded: number
  /** Its oldest records that had to leave, because it alone takes too much of the store. */
  readonly lost?: number
  /** `curl` that sends this request again, without secrets; absent where it was no HTTP request. */
  readonly curl?: string
  /** What the context panel shows for this request; see {@link ContextValue}. */
  readonly context: readonly ContextValue[]
}

export interface ErrorSummary {
  /** "process_match_stats attempt 1" */
  readonly where: string
  readonly message: string
  /** "then succeeded on attempt 2", "gave up after 3 attempts"; absent where nothing is to be said. */
  readonly sequel?: string
  /** Index into {@link RequestView.rows} of what to open. */
  readonly row: number
}

/** A value of the context and the first record that carried it. */
export interface ContextValue {
  readonly key: string
  readonly value: Value
  /** Rows that carry it. A row has at most one value of a key. */
  readonly rows: readonly number[]
  /** The first of them, by time. */
  readonly first: { readonly row: number; readonly kind: Kind; readonly at: number }
}

export type ViewRow = UnitRow | SpanRow | LineRow

interface RowBase {
  /** Of the record, for {@link RawRecord}; absent for work that only its lines tell of. */
  readonly seq?: number
  /** 0 for the first unit. */
  readonly depth: number
  /** Milliseconds after the origin. */
  readonly at: number
  readonly service: string
  /** Without what the context panel shows. */
  readonly attributes: Attributes
  readonly traceId?: string
  readonly spanId?: string
  readonly error?: ErrorDetail
}

export interface ErrorDetail {
  readonly type?: string
  readonly message: string
  /** With its causes, as it arrived. */
  readonly stack?: string
}

/** A request, an attempt at a job, a socket's message or connection: a heading row. */
export interface UnitRow extends RowBase {
  readonly type: 'unit'
  readonly kind: 'http' | 'job' | 'ws' | 'out'
  readonly name: string
  /** The queue of a job, the service of a call. */
  readonly hint?: string
  /** How it hangs on what started it: as its child, by a link, or by the request.id alone. */
  readonly via?: 'child' | 'link' | 'id'
  /** Absent: it has not ended, as far as is known. */
  readonly end?: number
  readonly failed: boolean
  readonly statusCode?: number
  readonly attempt?: number
  /** Since when it waited, and for what. */
  readonly waited?: { readonly from: number; readonly reason: 'queue' | 'backoff' | 'delay' }
}

export interface SpanRow extends RowBase {
  readonly type: 'span'
  readonly kind: Kind
  readonly name: string
  readonly end: number
  readonly failed: boolean
  /** The statement, and the comment that ties it to the request. */
  readonly sql?: { readonly text: string; readonly comment?: string }
}

export interface LineRow extends RowBase {
  readonly type: 'line'
  readonly level: Level
  /** The name of the event, else the text of the line. */
  readonly event: string
  /** The text, where it says more than the event. */
  readonly message?: string
  /** Kept until its unit failed (`replayed: true`). */
  readonly replayed: boolean
}

export interface RawRecord {
  readonly seq: number
  readonly signal: 'logs' | 'traces'
  /** The record, its scope and its resource, in OTLP's JSON encoding. */
  readonly record: unknown
  readonly scope: unknown
  readonly resource: unknown
}

export interface RequestExport {
  readonly requestId?: string
  readonly exported: string
  readonly records: readonly RawRecord[]
}

export interface EventRow {
  readonly event: string
  readonly level: Level
  readonly services: readonly string[]
  readonly count: number
  /** Of the last 60 seconds, oldest first. */
  readonly lastMinute: readonly number[]
  readonly lastSeen: number
  /** Only with a catalogue. */
  readonly listed?: boolean
}

export interface EventList {
  readonly rows: readonly EventRow[]
  readonly hasCatalogue: boolean
  /** The end of `lastMinute`. */
  readonly now: number
}

/** Plots on one axis of time. */
export interface MetricsView {
  /** Seconds since the epoch, as plots want them. */
  readonly times: readonly number[]
  readonly plots: readonly MetricPlot[]
}

export interface MetricPlot {
  readonly id: 'requests' | 'requestLatency' | 'jobs' | 'jobLatency' | 'sockets' | 'eventLoop' | 'memory'
  readonly title: string
  /** "/s", "ms", "MB", as shown. */
  readonly unit: string
  /** `null` where nothing was measured; one value for each of `times`. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]
  /** Where the values are from: the metrics that arrived, or the spans in the store. */
  readonly source: string
}

/** By the name of the server-sent event; each is JSON in its `data`. At most about four messages a second. */
export interface StreamMessages {
  /** Rows that are new or have changed, whole. */
  readonly requests: readonly RequestRow[]
  /** Keys that left the store. */
  readonly gone: readonly string[]
  readonly status: Status
}
