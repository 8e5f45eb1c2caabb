import { type RequestView, type ViewRow } from '../../shared/api.js'
import { type Group } from '../join/group.js'
import { type Entry } from '../record/entry.js'
import { mainOf } from '../units/main-unit.js'
import { type Unit } from '../units/unit.js'
import { type Work, workOf } from '../units/units.js'
import { contextKeys } from './context-keys.js'
import { ContextValues } from './context-values.js'
import { curlOf } from './curl.js'
import { decode, type Decoded } from './decoded.js'
import { errorsOf } from './errors.js'
import { foldMessages } from './folding.js'
import { defined, rowOf } from './row.js'
import { lineRow, type RowSetting, spanRow, unitRow } from './view-rows.js'

export function viewOf(group: Group): RequestView {
  const work = workOf(group.entries)
  const decoded = new Map(work.entries.map((entry) => [entry, decode(entry)]))
  const row = rowOf(group, work)
  const origin = work.units.reduce((first, { start }) => Math.min(first, start), row.started)
  const setting = { origin, keys: contextKeys(work, decoded) }
  const folding = foldMessages(work.units)
  const shown = work.units.filter((unit) => !folding.units.has(unit))
  const rows: ViewRow[] = []
  const made = { rows, ofUnit: new Map<Unit, number>(), ofEntry: new Map<Entry, number>() }
  const context = new ContextValues(setting.keys)
  for (const unit of shown) {
    made.ofUnit.set(unit, rows.length)
    const own = unit.span === undefined ? undefined : decoded.get(unit.span)
    addTo(rows, context, unit, own, unitRow(unit, own, setting))
    for (const entry of unit.members) {
      if (folding.lines.has(entry)) continue
      const content = decoded.get(entry) ?? decode(entry)
      made.ofEntry.set(entry, rows.length)
      addTo(rows, context, unit, content, memberRow(entry, content, unit.depth + 1, setting))
    }
  }
  return {
    row,
    origin,
    traces: [...new Set(work.entries.map(({ traceId }) => traceId).filter((id) => id !== ''))],
    errors: errorsOf(work, made),
    rows,
    ...(row.spans === 0 && row.lines > 0 && group.kind !== 'service' ? { withoutSpans: {} } : {}),
    folded: folding.messages,
    ...(group.lost === 0 ? {} : { lost: group.lost }),
    ...defined({ curl: curlOfWork(work, decoded) }),
    context: context.list(),
  }
}

function memberRow(entry: Entry, content: Decoded, depth: number, setting: RowSetting): ViewRow {
  return entry.signal === 'traces'
    ? spanRow(entry, content, depth, setting)
    : lineRow(entry, content, depth, setting)
}

function addTo(
  rows: ViewRow[],
  context: ContextValues,
  { kind }: Unit,
  content: Decoded | undefined,
  row: ViewRow,
): void {
  if (content !== undefined) context.add(content.attributes, { row: rows.length, kind, at: row.at })
  rows.push(row)
}

function curlOfWork({ units }: Work, decoded: ReadonlyMap<Entry, Decoded>): string | undefined {
  const main = mainOf(units)
  const span = main?.kind === 'http' ? main.span : undefined
  return span === undefined ? undefined : curlOf(decoded.get(span)?.attributes ?? new Map(), main?.statusCode)
}
