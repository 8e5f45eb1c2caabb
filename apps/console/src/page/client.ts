import type {
  EventList,
  MetricsView,
  RawRecord,
  RequestList,
  RequestView,
  StateFilter,
  Status,
  UnknownRequest,
} from '../shared/api.js'

export interface ListQuery {
  readonly filter: string
  readonly state?: StateFilter
  readonly before?: string
  readonly limit: number
}

export function fetchRequests(query: ListQuery, signal?: AbortSignal): Promise<RequestList> {
  const parameters = new URLSearchParams({ limit: String(query.limit) })
  if (query.filter !== '') parameters.set('q', query.filter)
  if (query.state !== undefined) parameters.set('state', query.state)
  if (query.before !== undefined) parameters.set('before', query.before)
  return get(`/api/requests?${parameters.toString()}`, signal)
}

/** The request, or what is known of one that is not there. */
export async function fetchRequest(key: string, signal?: AbortSignal): Promise<RequestView | UnknownRequest> {
  const response = await fetch(`/api/requests/${encodeURIComponent(key)}`, { signal })
  if (response.status !== 404) return body(response)
  const answer: UnknownRequest = await response.json()
  return answer
}

export function exportPath(key: string): string {
  return `/api/requests/${encodeURIComponent(key)}/export`
}

export function fetchRecord(seq: number, signal?: AbortSignal): Promise<RawRecord> {
  return get(`/api/records/${seq}`, signal)
}

export function fetchStatus(): Promise<Status> {
  return get('/api/status')
}

export function fetchEvents(signal?: AbortSignal): Promise<EventList> {
  return get('/api/events', signal)
}

export function fetchMetrics(minutes: number, signal?: AbortSignal): Promise<MetricsView> {
  return get(`/api/metrics?minutes=${minutes}`, signal)
}

async function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return body(await fetch(path, { signal }))
}

async function body<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new Error(`The console answered ${response.status}.`)
  return response.json() as Promise<Answer>
}

/** Whether a fetch was only overtaken by the next one. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
