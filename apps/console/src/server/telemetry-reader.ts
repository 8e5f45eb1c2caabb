import type {
  EventList,
  MetricsView,
  RawRecord,
  RequestExport,
  RequestList,
  RequestView,
  StateFilter,
  Status,
  UnknownRequest,
} from '../shared/api.js'

export interface ListQuery {
  readonly q?: string
  readonly state?: StateFilter
  readonly before?: string
  readonly limit?: number
}

export type StoreSummary = Pick<
  Status,
  'records' | 'bytes' | 'limits' | 'evicted' | 'received' | 'services' | 'hasCatalogue'
> & { readonly rejected: number }

/** What can be asked of what has arrived. */
export interface TelemetryReader {
  list(query: ListQuery): RequestList
  view(key: string): RequestView | UnknownRequest
  raw(seq: number): RawRecord | undefined
  export(key: string): RequestExport | undefined
  events(now?: number): EventList
  metrics(options: { minutes: number; now?: number }): MetricsView
  summary(): StoreSummary
  /** Calls back after changes; returns the way to end that. */
  onChange(listener: () => void): () => void
}
