import type { RequestRow } from '../../shared/api.js'
import { Link } from '../link.js'
import { requestPath } from '../page-path.js'
import { clock, count, duration } from '../text/format.js'
import { shortName } from '../text/short-name.js'
import { oneLine } from '../text/visible.js'
import { HopsStrip } from './hops-strip.js'
import { OutcomeText } from './outcome.js'

interface Props {
  readonly row: RequestRow
  /** Position in the whole list, from 0. */
  readonly index: number
  readonly top: number
  readonly isCurrent: boolean
  readonly onFocus: (index: number) => void
}

export function RequestListRow({ row, index, top, isCurrent, onFocus }: Props) {
  const user = row.userId === undefined ? '' : oneLine(row.userId)
  return (
    <div
      class={`list-row${tone(row)}`}
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span class="started mono mute" role="cell">
        {clock(row.started)}
      </span>
      <span class="outcome" role="cell">
        <OutcomeText row={row} />
      </span>
      <span class="name" role="cell">
        <Link
          to={requestPath(row.key)}
          data-index={index}
          tabIndex={isCurrent ? 0 : -1}
          onFocus={() => onFocus(index)}
          title={`${oneLine(row.name)}\n${row.requestId === undefined ? 'No request.id: one trace' : oneLine(row.requestId)}`}
        >
          <bdi>{oneLine(shortName(row.name))}</bdi>
        </Link>
      </span>
      <span class="hops" role="cell">
        <HopsStrip hops={row.hops} />
      </span>
      <span class="user mute" role="cell" title={user}>
        {user === '' ? (
          <span aria-label="none">–</span>
        ) : (
          <>
            <span class="narrow-only">user </span>
            <bdi>{user}</bdi>
          </>
        )}
      </span>
      <span class="labels mute" role="cell" title={row.labels.map((label) => oneLine(label)).join(' · ')}>
        <bdi>{row.labels.map((label) => oneLine(label)).join(' · ')}</bdi>
      </span>
      <span class="lines number mute" role="cell">
        {count(row.lines)}
      </span>
      <span class="answer number mono" role="cell">
        {row.answerMs === undefined ? '' : duration(row.answerMs)}
      </span>
      <span class="done number mono mute" role="cell">
        {row.doneMs === undefined || row.outcome === 'open' ? '' : duration(row.doneMs)}
      </span>
    </div>
  )
}

function tone({ outcome }: RequestRow): string {
  if (outcome === 'failed') return ' is-bad'
  return outcome === 'retried' ? ' is-warn' : ''
}
