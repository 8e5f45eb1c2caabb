import type { Hop } from '../../shared/api.js'
import { KIND_NAMES } from '../text/kind-names.js'

const WIDTH = 1000
const LEAST = 12
const LANES = { http: 0, job: 8, ws: 16 } as const

/** Three lanes, HTTP over JOB over WS, on one axis of time; what failed is hatched. */
export function HopsStrip({ hops }: { readonly hops: readonly Hop[] }) {
  return (
    <svg
      class="strip"
      viewBox={`0 0 ${WIDTH} 22`}
      preserveAspectRatio="none"
      role="img"
      aria-label={inWords(hops)}
    >
      {hops.map((hop, index) => {
        const width = Math.max(LEAST, (hop.to - hop.from) * WIDTH)
        const x = Math.min(hop.from * WIDTH, WIDTH - width)
        return (
          <rect
            key={index}
            class={hop.failed ? 'f-failed' : `f-${hop.kind}`}
            x={x}
            y={LANES[hop.kind]}
            width={width}
            height={6}
          />
        )
      })}
    </svg>
  )
}

/** "HTTP, then JOB failed 2 times, then WS" */
function inWords(hops: readonly Hop[]): string {
  const groups: { text: string; times: number }[] = []
  for (const hop of hops) {
    const text = `${KIND_NAMES[hop.kind]}${hop.failed ? ' failed' : ''}`
    const last = groups.at(-1)
    if (last?.text === text) last.times++
    else groups.push({ text, times: 1 })
  }
  if (groups.length === 0) return 'no hops'
  return groups
    .slice(0, 12)
    .map(({ text, times }) => (times === 1 ? text : `${text} ${times} times`))
    .join(', then ')
}
