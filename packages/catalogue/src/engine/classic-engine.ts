import { ts } from './typescript.js'
import { ClassicTypes } from './classic-type.js'
import { DeclaredTypes } from './declared-types.js'
import { MemberLookup } from './member-lookup.js'
import type { Engine, Type } from './engine.js'

/** The engine over the classic API of TypeScript 6. */
export function createClassicEngine(program: ts.Program): Engine {
  const checker = program.getTypeChecker()
  const members = new MemberLookup(checker)
  const declared = new DeclaredTypes(checker, members)
  const types = new ClassicTypes(checker)
  // The checker works an expression out anew each time it is asked.
  const known = new Map<ts.Node, Type>()
  const typeOf = (node: ts.Node): Type => {
    let type = known.get(node)
    if (type === undefined) {
      const found = members.typeOf(node) ?? declared.literalTypeOf(node) ?? typeAt(checker, node)
      known.set(node, (type = types.of(found)))
    }
    return type
  }
  return {
    files: program.getSourceFiles().filter(({ isDeclarationFile }) => !isDeclarationFile),
    typeOf,
    wideTypeOf(node) {
      const plain = known.has(node) ? undefined : declared.plainTypeOf(node)
      return plain === undefined ? typeOf(node) : types.of(plain)
    },
    declarationsOf(name) {
      const symbol = isMemberName(name)
        ? (members.symbolOf(name.parent) ?? symbolOf(checker, name))
        : symbolOf(checker, name)
      if (symbol === undefined) return []
      if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol.declarations ?? []
      return checker.getAliasedSymbol(symbol).declarations ?? symbol.declarations ?? []
    },
    calledDeclaration: (call) => checker.getResolvedSignature(call)?.declaration,
  }
}

function symbolOf(checker: ts.TypeChecker, name: ts.Node): ts.Symbol | undefined {
  return ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name)
}

function isMemberName(name: ts.Node): boolean {
  return ts.isPropertyAccessExpression(name.parent) && name.parent.name === name
}

/** Of a shorthand property the value, which the checker has at hand, not the property, which it would have to make. */
function typeAt(checker: ts.TypeChecker, node: ts.Node): ts.Type {
  const value = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : undefined
  return value === undefined
    ? checker.getTypeAtLocation(node)
    : checker.getTypeOfSymbolAtLocation(value, node)
}
