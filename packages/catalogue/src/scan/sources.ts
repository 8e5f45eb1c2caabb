import { ts } from '../engine/typescript.js'
import type { Engine } from '../engine/engine.js'
import { AssignmentIndex } from './assignments.js'
import { Overrides } from './overrides.js'
import { returnedExpressions } from './returns.js'

/** Goes one step back from an expression to those that its value may come from (C6). */
export class Sources {
  readonly #assignments: AssignmentIndex
  readonly #overrides: Overrides

  constructor(private readonly engine: Engine) {
    this.#assignments = new AssignmentIndex(engine)
    this.#overrides = new Overrides(engine)
  }

  /** The expressions that the value may come from; undefined where only the type knows. */
  of(node: ts.Expression): readonly ts.Expression[] | undefined {
    const inner = unwrapped(node)
    if (inner !== undefined) return [inner]
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse]
    if (ts.isBinaryExpression(node)) return operands(node)
    if (ts.isIdentifier(node)) return this.#ofName(node, node)
    if (ts.isPropertyAccessExpression(node)) return this.#ofName(node.name, node)
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      return this.#ofName(node.argumentExpression, node)
    if (ts.isCallExpression(node)) return this.#ofCall(node)
    return undefined
  }

  /** The one declaration of what an expression names. */
  declarationOf(node: ts.Expression): ts.Node | undefined {
    if (ts.isCallExpression(node)) return this.engine.calledDeclaration(node)
    const name = ts.isPropertyAccessExpression(node) ? node.name : node
    const declarations = this.engine.declarationsOf(
      ts.isElementAccessExpression(name) ? name.argumentExpression : name,
    )
    return declarations.length === 1 ? declarations[0] : undefined
  }

  #ofName(name: ts.Node, use: ts.Expression): readonly ts.Expression[] | undefined {
    const declarations = this.engine.declarationsOf(name)
    const declaration = declarations.length === 1 ? declarations[0] : undefined
    if (declaration === undefined) return undefined
    if (ts.isVariableDeclaration(declaration)) return this.#ofVariable(declaration, use)
    if (ts.isPropertyDeclaration(declaration) || ts.isGetAccessorDeclaration(declaration))
      return this.#ofMember(declaration)
    if (ts.isPropertyAssignment(declaration)) return [declaration.initializer]
    if (ts.isShorthandPropertyAssignment(declaration)) return [declaration.name]
    return ts.isExportAssignment(declaration) ? [declaration.expression] : undefined
  }

  #ofVariable(declaration: ts.VariableDeclaration, use: ts.Expression): readonly ts.Expression[] | undefined {
    const { initializer } = declaration
    if (!ts.isIdentifier(declaration.name)) return undefined
    if (isConstant(declaration)) return initializer && [initializer]
    const { values, replaced } = this.#assignments.reaching(declaration, use, declaration.name.text)
    const reaching = replaced || initializer === undefined ? values : [initializer, ...values]
    return reaching.length === 0 ? undefined : reaching
  }

  /** What a member of a class gives, in its class or in one that replaces it. */
  #ofMember(member: ts.ClassElement | ts.GetAccessorDeclaration): readonly ts.Expression[] | undefined {
    const own = this.#ofOneMember(member)
    const others = ts.isClassElement(member) ? this.#overrides.of(member) : []
    if (others.length === 0) return own
    const found = others.map((other) => this.#ofOneMember(other))
    if ((own === undefined && !isAbstract(member)) || found.includes(undefined)) return undefined
    return [...(own ?? []), ...found.flatMap((values) => values ?? [])]
  }

  #ofOneMember(member: ts.Node): readonly ts.Expression[] | undefined {
    return ts.isPropertyDeclaration(member) ? this.#ofProperty(member) : returnedExpressions(member)
  }

  #ofProperty(declaration: ts.PropertyDeclaration): readonly ts.Expression[] | undefined {
    const { name, initializer } = declaration
    const isNamed = ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name)
    const assigned = isNamed ? this.#assignments.all(declaration, name.text) : []
    const values = initializer === undefined ? assigned : [initializer, ...assigned]
    return values.length === 0 ? undefined : values
  }

  #ofCall(node: ts.CallExpression): readonly ts.Expression[] | undefined {
    const declaration = this.engine.calledDeclaration(node)
    if (declaration === undefined) return undefined
    return ts.isMethodDeclaration(declaration) && ts.isClassLike(declaration.parent)
      ? this.#ofMember(declaration)
      : returnedExpressions(declaration)
  }
}

function isAbstract(member: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Abstract) !== 0
}

function unwrapped(node: ts.Expression): ts.Expression | undefined {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
    ? node.expression
    : undefined
}

function operands({ left, operatorToken, right }: ts.BinaryExpression): readonly ts.Expression[] | undefined {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
    case ts.SyntaxKind.BarBarEqualsToken:
      return [left, right]
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsToken:
      return [right]
    default:
      return undefined
  }
}

function isConstant(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 || isUsing(declaration)
}

function isUsing(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Using) !== 0
}
