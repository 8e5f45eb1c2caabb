import { ts } from '../engine/typescript.js'

/** What a function with one body returns; undefined where it has no body, or hands out one value after another. */
export function returnedExpressions(declaration: ts.Node): readonly ts.Expression[] | undefined {
  if (!isFunctionWithBody(declaration)) return undefined
  const { body } = declaration
  if (body === undefined || isGenerator(declaration)) return undefined
  if (!ts.isBlock(body)) return [body]
  const found: ts.Expression[] = []
  collect(body, found)
  return found.length === 0 ? undefined : found
}

type FunctionWithBody =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration

function isFunctionWithBody(node: ts.Node): node is FunctionWithBody {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessorDeclaration(node)
  )
}

function isGenerator(node: FunctionWithBody): boolean {
  return 'asteriskToken' in node && node.asteriskToken !== undefined
}

function collect(node: ts.Node, found: ts.Expression[]): void {
  if (ts.isReturnStatement(node)) {
    if (node.expression !== undefined) found.push(node.expression)
  } else if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) {
    ts.forEachChild(node, (child) => collect(child, found))
  }
}
