import { ts } from './typescript.js'

/**
 * Looks up `this.member` by the class around it, once for each class.
 *
 * The checker works out each such expression anew, with all that could narrow it; what is declared with one type
 * that nothing can narrow needs no second look.
 */
export class MemberLookup {
  readonly #known = new Map<ts.Node, Map<string, ts.Symbol | undefined>>()

  constructor(private readonly checker: ts.TypeChecker) {}

  /** The member that an access to `this` reaches; undefined for any other node. */
  symbolOf(node: ts.Node): ts.Symbol | undefined {
    if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword)
      return undefined
    const member = enclosingMember(node)
    if (member === undefined) return undefined
    const isStatic = ts.isClassStaticBlockDeclaration(member) || isStaticMember(member)
    // A name cannot start with a space: static members are kept apart from those of instances.
    return this.#lookup(member.parent, node, `${isStatic ? ' ' : ''}${node.name.text}`)
  }

  /** The type of that member, unless a check before the access may have narrowed it. */
  typeOf(node: ts.Node): ts.Type | undefined {
    const symbol = this.symbolOf(node)
    const type = symbol && this.checker.getTypeOfSymbol(symbol)
    return type !== undefined && (type.flags & ts.TypeFlags.Object) !== 0 ? type : undefined
  }

  #lookup(owner: ts.Node, access: ts.PropertyAccessExpression, key: string): ts.Symbol | undefined {
    let members = this.#known.get(owner)
    if (members === undefined) this.#known.set(owner, (members = new Map<string, ts.Symbol | undefined>()))
    if (!members.has(key)) members.set(key, this.checker.getSymbolAtLocation(access.name))
    return members.get(key)
  }
}

/** The member of a class whose `this` a node sees. */
function enclosingMember(node: ts.Node): ts.ClassElement | undefined {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassElement(at)) return ts.isClassLike(at.parent) ? at : undefined
    if (ts.isArrowFunction(at)) continue
    if (ts.isFunctionLike(at) || ts.isModuleBlock(at) || ts.isDecorator(at) || ts.isHeritageClause(at))
      return undefined
  }
  return undefined
}

function isStaticMember(member: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0
}
