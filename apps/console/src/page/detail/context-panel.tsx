import type { ContextValue, RequestView } from '../../shared/api.js'
import { KindBadge } from '../badge.js'
import { requestPath } from '../page-path.js'
import { rowId } from '../request/row-facts.js'
import { duration } from '../text/format.js'
import { LongName } from '../text/long-name.js'
import { valueText } from '../text/value.js'

interface Props {
  readonly view: RequestView
  readonly index: number
  readonly onSelect: (index: number) => void
}

/** What the selected record carries of the context, each with the first record that carried it. */
export function ContextPanel({ view, index, onSelect }: Props) {
  const carried = view.context.filter(({ rows }) => rows.includes(index))
  if (carried.length === 0) return null
  return (
    <section>
      <h3>Context</h3>
      <dl>
        {carried.map((value) => (
          <div key={value.key}>
            <dt>
              <LongName name={value.key} />
            </dt>
            <dd class="mono">
              <bdi>{valueText(value.value)}</bdi>
              <First view={view} value={value} index={index} onSelect={onSelect} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function First({ view, value, index, onSelect }: Props & { readonly value: ContextValue }) {
  const { first } = value
  const row = view.rows[first.row]
  const text = (
    <>
      <KindBadge kind={first.kind} /> from +{duration(first.at)}
    </>
  )
  if (row === undefined || first.row === index) return <span class="first mute">{text}</span>
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onSelect(first.row)
  }
  return (
    <a
      class="first"
      href={requestPath(view.row.key, rowId(row, first.row))}
      onClick={open}
      title="The first record that carried it"
    >
      {text}
    </a>
  )
}
