import { ts } from '../../engine/typescript.js'

/** The kind of a value whose syntax tells it, so that the checker need not be asked. */
export function literalKind(node: ts.Node): 'string' | 'number' | 'boolean' | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
    case ts.SyntaxKind.TemplateExpression:
    case ts.SyntaxKind.BigIntLiteral:
      return 'string'
    case ts.SyntaxKind.NumericLiteral:
      return 'number'
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
      return 'boolean'
    default:
      return ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken
        ? 'boolean'
        : undefined
  }
}
