const STEP = 3
const HEIGHT = 22

/** Counts of the last seconds as bars. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(1, ...values)
  const sum = values.reduce((total, value) => total + value, 0)
  const width = values.length * STEP
  return (
    <svg
      class="sparkline"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={`${sum} in the last minute`}
    >
      <rect class="sparkline-base" x={0} y={HEIGHT - 1} width={width} height={1} />
      {values.map((value, index) => {
        if (value === 0) return null
        const height = Math.max(2, (value / most) * (HEIGHT - 2))
        return <rect key={index} x={index * STEP} y={HEIGHT - height} width={STEP - 1} height={height} />
      })}
    </svg>
  )
}
