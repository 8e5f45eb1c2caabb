import { type Unit } from './unit.js'

/** What a request is called by: what began it; where its caller was traced as well, what that called. */
export function mainOf([first]: readonly Unit[]): Unit | undefined {
  if (first?.kind !== 'out' || first.span?.facts.role !== 'client') return first
  return first.children.find(({ kind }) => kind !== 'out') ?? first
}
