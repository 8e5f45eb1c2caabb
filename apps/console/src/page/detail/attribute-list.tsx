import { useState } from 'preact/hooks'
import type { Attributes } from '../../shared/api.js'
import { LongName } from '../text/long-name.js'
import { valueText } from '../text/value.js'

const FIRST = 60

export function AttributeList({ attributes }: { readonly attributes: Attributes }) {
  const [showsAll, setShowsAll] = useState(false)
  const entries = Object.entries(attributes)
  if (entries.length === 0) return null
  const shown = showsAll ? entries : entries.slice(0, FIRST)
  return (
    <section>
      <h3>Attributes</h3>
      <dl>
        {shown.map(([key, value]) => (
          <div key={key}>
            <dt>
              <LongName name={key} />
            </dt>
            <dd class="mono">
              <bdi>{valueText(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {shown.length === entries.length ? null : (
        <button class="button" onClick={() => setShowsAll(true)}>
          {entries.length - FIRST} more
        </button>
      )}
    </section>
  )
}
