import type { MemberLookup } from './member-lookup.js'
import { ts } from './typescript.js'

/** Checks can narrow these to literals at most. */
const PLAIN =
  ts.TypeFlags.String |
  ts.TypeFlags.Number |
  ts.TypeFlags.Boolean |
  ts.TypeFlags.BigInt |
  ts.TypeFlags.StringLiteral

/**
 * Takes the types of names from their declarations, where these are all there is to know.
 *
 * Asked for an expression, the checker goes back through all code that might narrow it, which is most of its work
 * here; a string that is declared as one stays one.
 */
export class DeclaredTypes {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly members: MemberLookup,
  ) {}

  /** The primitive type of a variable or of a member; undefined where code around it may make it another kind. */
  plainTypeOf(node: ts.Node): ts.Type | undefined {
    return this.#typeOf(node, PLAIN)
  }

  /** The string that a variable or a member is declared as: no check can narrow it. */
  literalTypeOf(node: ts.Node): ts.Type | undefined {
    return this.#typeOf(node, ts.TypeFlags.StringLiteral)
  }

  #typeOf(node: ts.Node, flags: number): ts.Type | undefined {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined
    const type = this.#declaredTypeOf(node)
    return type !== undefined && (type.flags & flags) !== 0 ? type : undefined
  }

  #declaredTypeOf(node: ts.Expression): ts.Type | undefined {
    if (ts.isIdentifier(node)) {
      const symbol = this.#variable(node)
      return symbol && this.checker.getTypeOfSymbol(symbol)
    }
    if (!ts.isPropertyAccessExpression(node) || node.questionDotToken !== undefined) return undefined
    const own = this.members.symbolOf(node)
    if (own !== undefined) return this.checker.getTypeOfSymbol(own)
    const owner = this.#declaredTypeOf(node.expression)
    if (owner === undefined || (owner.flags & ts.TypeFlags.Object) === 0) return undefined
    const member = this.checker.getPropertyOfType(owner, node.name.text)
    return member && this.checker.getTypeOfSymbol(member)
  }

  #variable(node: ts.Identifier): ts.Symbol | undefined {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node)
    if (symbol === undefined) return undefined
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
    const target = isAlias ? this.checker.getAliasedSymbol(symbol) : symbol
    return (target.flags & (ts.SymbolFlags.Variable | ts.SymbolFlags.Enum)) === 0 ? undefined : target
  }
}
