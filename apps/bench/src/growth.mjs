const TIMES = [1, 10, 100]
const AT_ONCE = [1, 10, 100, 1_000]
/** One at a time is another way of working: every turn of the event loop has one. */
const FEW = 10
const MANY = 1_000

/**
 * A row of how the cost of a unit changes as the work grows: 1, 10 and 100 times as much of it, and 1 to 1,000 at a time
 * beside the same without Throughline.
 *
 * @param {{ title: string, unit: string, each?: string, ours: object, bare?: object, units: number, atOnceUnits?: number, warmUp: number }} parts
 *   `each` names what there are 1 to 1,000 of at a time
 */
export function growthRow({ unit, each, ours, bare, units, atOnceUnits, warmUp, ...row }) {
  const grown = TIMES.map((times) => [`${times}x`, { ...ours, full: { units: units * times, warmUp } }])
  const atOnce = Object.entries(bare === undefined ? {} : { bare, ours }).flatMap(([name, variant]) =>
    AT_ONCE.map((count) => [
      `${name}-${count}`,
      { ...variant, full: { units: atOnceUnits, warmUp, atOnce: count } },
    ]),
  )
  return {
    ...row,
    smoke: { units: 20, warmUp: 5 },
    variants: Object.fromEntries([...grown, ...atOnce]),
    claims: {
      [`${unit}, 10x / 1x`]: (of) => of('10x').cpu / of('1x').cpu,
      [`${unit}, 100x / 1x`]: (of) => of('100x').cpu / of('1x').cpu,
      ...(bare !== undefined && {
        [`${unit} over bare, 1,000 ${each} / ${FEW}`]: (of) => overBare(of, MANY) / overBare(of, FEW),
      }),
    },
  }
}

function overBare(of, count) {
  return of(`ours-${count}`).cpu / of(`bare-${count}`).cpu
}
