import { useRef, useState } from 'preact/hooks'
import type { EventRow } from '../../shared/api.js'
import { LevelBadge } from '../badge.js'
import { fetchEvents } from '../client.js'
import { PageHeading } from '../heading.js'
import { useKeys } from '../keys.js'
import { Link } from '../link.js'
import { term } from '../list/filter-terms.js'
import { listPath } from '../page-path.js'
import { usePolled } from '../poll.js'
import { backToList, parameter, setParameters } from '../router.js'
import { KeysLine } from '../shell/keys-line.js'
import { clock, count } from '../text/format.js'
import { oneLine } from '../text/visible.js'
import { filterEvents } from './filter-events.js'
import { Sparkline } from './sparkline.js'

const EVERY_MS = 2000
/** What a table shows before it is asked for all: ten thousand names would make it slow. */
const FIRST = 200

export function EventsPage() {
  const { answer, failure } = usePolled('events', EVERY_MS, fetchEvents)
  const text = parameter('q')
  const onlyUnknown = parameter('unknown') !== ''
  const box = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => box.current?.select(), Escape: backToList })
  const rows = answer?.rows ?? []
  const unknown = rows.filter(({ listed }) => listed === false).length
  return (
    <>
      <PageHeading title="Events" hidden />
      <search class="bar">
        <input
          ref={box}
          class="field"
          type="text"
          aria-label="Filter events"
          placeholder="Filter by name, level or service"
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setParameters({ q: currentTarget.value })}
          onKeyDown={({ key }) => key === 'Escape' && box.current?.blur()}
        />
        {answer?.hasCatalogue === true ? (
          <button
            class="button"
            aria-pressed={onlyUnknown}
            onClick={() => setParameters({ unknown: onlyUnknown ? '' : '1' })}
          >
            Not in the catalogue <b>{count(unknown)}</b>
          </button>
        ) : null}
      </search>
      {failure === undefined ? null : <p class="failure">✕ {failure}</p>}
      {answer === undefined ? null : (
        <EventTable
          rows={filterEvents(rows, text, onlyUnknown)}
          hasCatalogue={answer.hasCatalogue}
          isEmpty={rows.length === 0}
        />
      )}
      <KeysLine
        keys={[
          ['/', 'filter'],
          ['Esc', 'back'],
          ['?', 'all keys'],
        ]}
      />
    </>
  )
}

interface TableProps {
  readonly rows: readonly EventRow[]
  readonly hasCatalogue: boolean
  readonly isEmpty: boolean
}

function EventTable({ rows, hasCatalogue, isEmpty }: TableProps) {
  const [showsAll, setShowsAll] = useState(false)
  if (rows.length === 0) {
    return (
      <div class="empty">{isEmpty ? 'No log line has arrived yet.' : 'No event matches the filter.'}</div>
    )
  }
  const shown = showsAll ? rows : rows.slice(0, FIRST)
  return (
    <div class="table-box">
      <table>
        <thead>
          <tr>
            <th>Event</th>
            <th>Level</th>
            <th class="wide-only">Service</th>
            <th class="number">Count</th>
            <th class="wide-only">Last minute</th>
            <th class="wide-only">Last seen</th>
            {hasCatalogue ? <th>Catalogue</th> : null}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <EventTableRow key={`${row.level} ${row.event}`} row={row} hasCatalogue={hasCatalogue} />
          ))}
        </tbody>
      </table>
      {shown.length === rows.length ? null : (
        <button class="button" onClick={() => setShowsAll(true)}>
          {count(rows.length - FIRST)} more
        </button>
      )}
    </div>
  )
}

const SERVICES = 3

function EventTableRow({ row, hasCatalogue }: { readonly row: EventRow; readonly hasCatalogue: boolean }) {
  const services = row.services.map((name) => oneLine(name, 60))
  const others = services.length > SERVICES ? ` and ${count(services.length - SERVICES)} more` : ''
  return (
    <tr>
      <td class="event-name">
        <Link to={listPath(term('event', row.event))} title="Requests with this event">
          <bdi>{oneLine(row.event, 120)}</bdi>
        </Link>
      </td>
      <td>
        <LevelBadge level={row.level} />
      </td>
      <td class="mute wide-only">
        <bdi>
          {services.slice(0, SERVICES).join(', ')}
          {others}
        </bdi>
      </td>
      <td class="number mono">{count(row.count)}</td>
      <td class="wide-only">
        <Sparkline values={row.lastMinute} />
      </td>
      <td class="mono mute wide-only">{clock(row.lastSeen).slice(0, 8)}</td>
      {hasCatalogue ? (
        <td>
          {row.listed === false ? (
            <span class="state warn">! unknown</span>
          ) : (
            <span class="mute">listed</span>
          )}
        </td>
      ) : null}
    </tr>
  )
}
