import { ts } from '../engine/typescript.js'

/** How a call reads in a message: names and members as written, arguments as `...`. */
export function callText(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this'
  if (node.kind === ts.SyntaxKind.SuperKeyword) return 'super'
  if (ts.isPropertyAccessExpression(node)) return `${callText(node.expression)}.${node.name.text}`
  if (ts.isElementAccessExpression(node))
    return `${callText(node.expression)}[${indexText(node.argumentExpression)}]`
  if (ts.isCallExpression(node)) return `${callText(node.expression)}(...)`
  if (ts.isNewExpression(node)) return `new ${callText(node.expression)}(...)`
  if (ts.isAwaitExpression(node)) return `(await ${callText(node.expression)})`
  if (ts.isParenthesizedExpression(node)) return parenthesised(callText(node.expression))
  if (ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return callText(node.expression)
  return '(...)'
}

function indexText(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return `'${node.text}'`
  return ts.isNumericLiteral(node) || ts.isIdentifier(node) ? node.text : '...'
}

function parenthesised(text: string): string {
  return text.startsWith('(') ? text : `(${text})`
}
