import { ts } from '../engine/typescript.js'
import type { Engine, Type } from '../engine/engine.js'

/** An argument as it is written, or what a spread tuple has in its place. */
export type Argument = ts.Expression | Type

/** The arguments of a call, spread tuples taken apart; a spread list ends what is known. */
export function argumentsOf(node: ts.CallExpression, engine: Engine): readonly Argument[] {
  if (!node.arguments.some(ts.isSpreadElement)) return node.arguments
  const found: Argument[] = []
  for (const argument of node.arguments) {
    if (!ts.isSpreadElement(argument)) {
      found.push(argument)
      continue
    }
    const type = engine.typeOf(argument.expression)
    // Of a list nobody knows how long it is: its elements may stand in every place from here on.
    if (!type.isTuple) return [...found, argument]
    found.push(...(type.elements ?? []))
  }
  return found
}

/** Whether an argument is written where it stands. */
export function isWritten(argument: Argument): argument is ts.Expression {
  return typeof argument.kind === 'number'
}
