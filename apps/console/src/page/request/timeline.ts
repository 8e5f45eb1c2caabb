import type { RequestView } from '../../shared/api.js'
import type { Scale } from '../../shared/scale.js'
import { endsOf } from './row-facts.js'
import { shownRows, type Lines } from './shown-rows.js'
import { timelineScale } from './timeline-scale.js'

/** What the waterfall draws: rows, which of them are shown, where they are on the axis. */
export interface Timeline {
  readonly view: RequestView
  readonly ends: readonly number[]
  readonly scale: Scale
  readonly shown: readonly number[]
}

export function makeTimeline(view: RequestView, lines: Lines, squeeze: boolean): Timeline {
  const ends = endsOf(view.rows)
  return { view, ends, scale: timelineScale(view.rows, ends, squeeze), shown: shownRows(view.rows, lines) }
}
