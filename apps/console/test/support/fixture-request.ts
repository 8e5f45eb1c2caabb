import type { ContextValue, RequestRow, RequestView, ViewRow } from '../../src/shared/api.js'

/** A request of the fixture server. */
export interface FixtureRequest {
  readonly row: RequestRow
  readonly view: () => RequestView
}

export const API = 'tournament-api'
export const WORKER = 'tournament-worker'
export const LIVE = 'tournament-live'

/** The parts of a row that most requests share. */
export function fixtureRow(part: Partial<RequestRow> & Pick<RequestRow, 'key' | 'started'>): RequestRow {
  return {
    requestId: part.key,
    version: 1,
    outcome: 'ok',
    retries: 0,
    name: 'GET /tournaments/{id}',
    kind: 'http',
    hops: [{ kind: 'http', from: 0, to: 1, failed: false }],
    labels: ['tournament 5'],
    lines: 1,
    spans: 2,
    services: [API],
    ...part,
  }
}

export function fixtureView(
  row: RequestRow,
  rows: readonly ViewRow[],
  part: Partial<RequestView> = {},
): RequestView {
  return {
    row,
    origin: row.started,
    traces: [...new Set(rows.flatMap(({ traceId }) => (traceId === undefined ? [] : [traceId])))],
    errors: [],
    rows,
    folded: 0,
    context: contextOf(row, rows),
    ...part,
  }
}

/** The request.id, the user and the labels on every row; a job's id where it is a job's. */
function contextOf(row: RequestRow, rows: readonly ViewRow[]): ContextValue[] {
  const all = rows.map((_, index) => index)
  const first = { row: 0, kind: 'http' as const, at: 0 }
  const values: ContextValue[] = [{ key: 'request.id', value: row.key, rows: all, first }]
  if (row.userId !== undefined) values.push({ key: 'user.id', value: row.userId, rows: all, first })
  values.push({
    key: 'labels',
    value: row.labels.map((label) => label.replace(/ \d+$/, '')),
    rows: all,
    first,
  })
  const job = rows.findIndex(({ service }) => service === WORKER)
  if (job !== -1) {
    const ofJobs = all.filter((index) => rows[index]?.service === WORKER)
    const at = rows[job]?.at ?? 0
    values.push({ key: 'job.id', value: 'job-0', rows: ofJobs, first: { row: job, kind: 'job', at } })
  }
  return values
}

interface Of {
  readonly service?: string
  readonly trace?: string
}

let seq = 1000

/** Makes rows with ids of their own. */
export function rowMaker({ service = API, trace = '75bbec54b8159be931a527f8d1503cb1' }: Of = {}) {
  const base = (depth: number, at: number) => ({
    seq: seq++,
    depth,
    at,
    service,
    traceId: trace,
    spanId: (0x2ac6df94885ccce7n + BigInt(seq)).toString(16),
  })
  return {
    unit: (depth: number, at: number, end: number | undefined, part: Partial<ViewRow> = {}) =>
      ({
        ...base(depth, at),
        type: 'unit',
        kind: 'http',
        name: '',
        failed: false,
        end,
        attributes: {},
        ...part,
      }) as ViewRow,
    span: (depth: number, at: number, end: number, part: Partial<ViewRow> = {}) =>
      ({
        ...base(depth, at),
        type: 'span',
        kind: 'sql',
        name: '',
        failed: false,
        end,
        attributes: {},
        ...part,
      }) as ViewRow,
    line: (depth: number, at: number, event: string, part: Partial<ViewRow> = {}) =>
      ({
        ...base(depth, at),
        type: 'line',
        level: 'info',
        event,
        replayed: false,
        attributes: {},
        ...part,
      }) as ViewRow,
  }
}
