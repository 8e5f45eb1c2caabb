import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestExport, StateFilter, Status } from '../shared/api.js'
import { sendJson } from './answer.js'
import { methodRefusal, Refusal } from './refusal.js'
import type { StreamHub } from './stream.js'
import type { ListQuery, TelemetryReader } from './telemetry-reader.js'

const STATES: readonly StateFilter[] = ['failed', 'retried', 'slow']
const MOST_ROWS = 500
const LONGEST_FILTER = 1000
const MOST_MINUTES = 24 * 60

export interface ApiParts {
  readonly store: TelemetryReader
  readonly hub: StreamHub
  readonly status: () => Status
}

/** Answers what is asked for below `/api/`; the shapes are those of `shared/api.ts`. */
export function answerApi(
  parts: ApiParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodRefusal(request.method, 'GET')
  const { store } = parts
  const [resource, name, part] = pathOf(url)
  const send = (value: unknown) => sendJson(request, response, value)
  const isWhole = name === undefined

  if (resource === 'status' && isWhole) return send(parts.status())
  if (resource === 'requests' && isWhole) return send(store.list(listQuery(url.searchParams)))
  if (resource === 'requests' && part === undefined) {
    const view = store.view(name ?? '')
    return sendJson(request, response, view, { status: 'error' in view ? 404 : 200 })
  }
  if (resource === 'requests' && part === 'export')
    return sendExport(request, response, store.export(name ?? ''))
  if (resource === 'records' && name !== undefined && /^\d{1,15}$/.test(name)) {
    const record = store.raw(Number(name))
    if (record === undefined) throw new Refusal(404, 'This record is not here, or no longer.')
    return send(record)
  }
  if (resource === 'events' && isWhole) return send(store.events())
  if (resource === 'metrics' && isWhole) {
    return send(store.metrics({ minutes: wholeNumber(url.searchParams, 'minutes', 15, MOST_MINUTES) }))
  }
  if (resource === 'stream' && isWhole) {
    if (request.method !== 'GET') throw methodRefusal(request.method, 'GET')
    return parts.hub.open(request, response)
  }
  throw new Refusal(404, 'There is no such answer; the paths are in shared/api.ts.')
}

/** The segments after `/api/`; split before they are decoded, for a key may hold a slash. */
function pathOf({ pathname }: URL): (string | undefined)[] {
  const segments = pathname.split('/').slice(2)
  if (segments.length > 3) throw new Refusal(404, 'There is no such answer.')
  try {
    return segments.map(decodeURIComponent)
  } catch {
    throw new Refusal(400, 'The address is not encoded well.')
  }
}

function listQuery(given: URLSearchParams): ListQuery {
  const q = given.get('q') ?? ''
  if (q.length > LONGEST_FILTER) throw new Refusal(400, `A filter has ${LONGEST_FILTER} characters at most.`)
  const state = given.get('state') ?? ''
  const known = STATES.find((each) => each === state)
  if (state !== '' && known === undefined) throw new Refusal(400, `state is one of ${STATES.join(', ')}.`)
  const before = given.get('before')
  return {
    ...(q === '' ? {} : { q }),
    ...(known === undefined ? {} : { state: known }),
    ...(before === null ? {} : { before }),
    limit: wholeNumber(given, 'limit', 100, MOST_ROWS),
  }
}

function wholeNumber(given: URLSearchParams, name: string, byDefault: number, most: number): number {
  const text = given.get(name)
  if (text === null) return byDefault
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > most) throw new Refusal(400, `${name} is a whole number from 1 to ${most}.`)
  return number
}

function sendExport(
  request: IncomingMessage,
  response: ServerResponse,
  exported: RequestExport | undefined,
): void {
  if (exported === undefined) throw new Refusal(404, 'This request is not here, or no longer.')
  const name = (exported.requestId ?? 'trace').replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100)
  const disposition = `attachment; filename="request-${name}.json"`
  sendJson(request, response, exported, { headers: { 'content-disposition': disposition } })
}
