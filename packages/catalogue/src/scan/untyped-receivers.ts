import { ts } from '../engine/typescript.js'
import type { Engine } from '../engine/engine.js'
import { canonicalLevel } from './levels.js'
import type { Sources } from './sources.js'

/** Libraries whose loggers are none of ours, also where their types are not installed. */
const OTHER_LIBRARIES =
  /^(?:@nestjs\/common|@logtape\/|bunyan|consola|debug|electron-log|log4js|loglevel|nest-winston|nestjs-pino|node:|npmlog|pino|roarr|signale|tslog|winston)/

/** Whether a call on a receiver of type any looks like a line of a logger: with a text for its event (C8). */
export function isLogShaped(method: string, args: readonly ts.Expression[]): boolean {
  const [first, second] = args
  if (method !== 'log') return first !== undefined && isText(first)
  return (
    first !== undefined &&
    second !== undefined &&
    ts.isStringLiteralLike(first) &&
    canonicalLevel(first.text) !== undefined &&
    isText(second)
  )
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
}

/** Recognises the console and other libraries where their types are missing. */
export class ForeignReceivers {
  constructor(
    private readonly engine: Engine,
    private readonly sources: Sources,
  ) {}

  has(receiver: ts.Expression, steps = 0): boolean {
    if (steps > 8) return false
    const root = rootOf(receiver)
    if (root !== undefined && this.#isForeignName(root)) return true
    const declaration = this.sources.declarationOf(receiver)
    if (declaration !== undefined && 'type' in declaration && declaration.type !== undefined)
      return this.#isForeignType(declaration.type as ts.TypeNode)
    const next = this.sources.of(receiver) ?? (root === undefined || root === receiver ? [] : [root])
    return next.some((source) => this.has(source, steps + 1))
  }

  #isForeignName(name: ts.Identifier): boolean {
    const declarations = this.engine.declarationsOf(name)
    if (declarations.length === 0) return name.text === 'console'
    return declarations.some((declaration) => {
      const module = moduleOf(declaration)
      return module !== undefined && OTHER_LIBRARIES.test(module)
    })
  }

  #isForeignType(type: ts.TypeNode): boolean {
    if (!ts.isTypeReferenceNode(type)) return false
    let name = type.typeName
    while (ts.isQualifiedName(name)) name = name.left
    return this.#isForeignName(name)
  }
}

function rootOf(node: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(node)) return node
  return ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
    ? rootOf(node.expression)
    : undefined
}

/** The module that a declaration is imported from, by `import` or `require`. */
function moduleOf(declaration: ts.Node): string | undefined {
  const statement = ts.findAncestor(
    declaration,
    (node) => ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node) || ts.isStatement(node),
  )
  if (statement === undefined) return undefined
  if (ts.isImportDeclaration(statement)) return textOf(statement.moduleSpecifier)
  if (ts.isImportEqualsDeclaration(statement))
    return ts.isExternalModuleReference(statement.moduleReference)
      ? textOf(statement.moduleReference.expression)
      : undefined
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined
  return requiredModule(declaration.initializer)
}

function requiredModule(node: ts.Expression): string | undefined {
  if (!ts.isCallExpression(node)) return undefined
  if (ts.isIdentifier(node.expression) && node.expression.text === 'require') return textOf(node.arguments[0])
  return requiredModule(node.expression)
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined
}
