import type { RefObject } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Scale } from '../../shared/scale.js'
import { ticksOf } from './ticks.js'

interface Props {
  readonly scale: Scale
  readonly width: number
  readonly lane: RefObject<HTMLSpanElement | null>
}

export function Axis({ scale, width, lane }: Props) {
  const ticks = useMemo(() => ticksOf(scale, width), [scale, width])
  return (
    <div class="axis" role="row" aria-rowindex={1}>
      <span class="axis-name" role="columnheader">
        Unit of work, span, line
      </span>
      <span class="axis-time" role="columnheader">
        <span class="unseen">Time</span>
        <span class="lane" ref={lane} aria-hidden="true">
          {ticks.map(({ at, label, isGap }) => (
            <span
              key={`${at}`}
              class={`tick${isGap ? ' is-gap' : ''}${at === 0 ? ' is-first' : ''}`}
              style={{ left: `${at * 100}%` }}
            >
              {label}
            </span>
          ))}
        </span>
      </span>
    </div>
  )
}

/** The squeezed stretches, behind all rows. */
export function GapBands({ scale }: { readonly scale: Scale }) {
  return (
    <div class="bands" aria-hidden="true">
      <div class="lane">
        {scale.segments
          .filter(({ gap }) => gap)
          .map(({ start, end }) => (
            <i
              key={start}
              class="band"
              style={{ left: `${start * 100}%`, width: `${(end - start) * 100}%` }}
            />
          ))}
      </div>
    </div>
  )
}
