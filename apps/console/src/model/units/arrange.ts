import { byStart, type Unit } from './unit.js'

/** Depth first from `main`, children by their start, the attempts at one job together and in order. */
export function arrange(main: Unit | undefined): Unit[] {
  const ordered: Unit[] = []
  const stack = main === undefined ? [] : [main]
  for (let unit = stack.pop(); unit !== undefined; unit = stack.pop()) {
    ordered.push(unit)
    const children = inOrder(unit.children)
    for (const child of children) child.depth = unit.depth + 1
    for (const child of children.toReversed()) stack.push(child)
  }
  return ordered
}

function inOrder(children: readonly Unit[]): Unit[] {
  if (children.length < 2) return [...children]
  const series = new Map<string | Unit, Unit[]>()
  for (const child of [...children].toSorted(byStart)) {
    const key = child.job ?? child
    const others = series.get(key)
    if (others === undefined) series.set(key, [child])
    else others.push(child)
  }
  return [...series.values()].flatMap((units) => units.toSorted(byAttempt))
}

/** Clocks of two workers may differ, the count of attempts does not. */
export function byAttempt(a: Unit, b: Unit): number {
  return (a.attempt ?? 0) - (b.attempt ?? 0) || byStart(a, b)
}
