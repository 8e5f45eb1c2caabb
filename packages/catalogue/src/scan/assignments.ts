import { ts } from '../engine/typescript.js'
import type { Engine } from '../engine/engine.js'

/** The values that assignments give a variable before a place, and whether they replace its first one. */
export interface Reaching {
  readonly values: readonly ts.Expression[]
  readonly replaced: boolean
}

/** Finds what is assigned to variables and properties after their declaration. */
export class AssignmentIndex {
  readonly #byFile = new Map<ts.SourceFile, ReadonlyMap<string, readonly ts.BinaryExpression[]>>()
  readonly #byDeclaration = new Map<ts.Node, readonly ts.BinaryExpression[]>()

  constructor(private readonly engine: Engine) {}

  /** All values that are assigned to a variable or a property in the file of its declaration. */
  all(declaration: ts.Node, name: string): readonly ts.Expression[] {
    return this.#of(declaration, name).map(({ right }) => right)
  }

  /**
   * The values that may have been assigned when `use` is reached. The last assignment that must have run before
   * it hides those before; a use in another function than the assignments may see any of them.
   */
  reaching(declaration: ts.Node, use: ts.Node, name: string): Reaching {
    const assignments = this.#of(declaration, name)
    const inPlace = assignments.filter((one) => functionOf(one) === functionOf(use))
    if (inPlace.length !== assignments.length || functionOf(declaration) !== functionOf(use))
      return { values: assignments.map(({ right }) => right), replaced: false }
    const last = inPlace.findLast((one) => runsBefore(one, use))
    const values = assignments.filter(
      (one) => one === last || ((last?.pos ?? 0) <= one.pos && mayRunBefore(one, use, last)),
    )
    return { values: values.map(({ right }) => right), replaced: last !== undefined }
  }

  #of(declaration: ts.Node, name: string): readonly ts.BinaryExpression[] {
    let found = this.#byDeclaration.get(declaration)
    if (found === undefined) {
      const candidates = this.#inFile(declaration.getSourceFile()).get(name) ?? []
      found = candidates.filter(({ left }) =>
        this.engine
          .declarationsOf(ts.isPropertyAccessExpression(left) ? left.name : left)
          .includes(declaration),
      )
      this.#byDeclaration.set(declaration, found)
    }
    return found
  }

  #inFile(file: ts.SourceFile): ReadonlyMap<string, readonly ts.BinaryExpression[]> {
    let found = this.#byFile.get(file)
    if (found === undefined) this.#byFile.set(file, (found = collectAssignments(file)))
    return found
  }
}

const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
])

function collectAssignments(file: ts.SourceFile): ReadonlyMap<string, readonly ts.BinaryExpression[]> {
  const found = new Map<string, ts.BinaryExpression[]>()
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && ASSIGNMENTS.has(node.operatorToken.kind)) {
      const name = assignedName(node.left)
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), node])
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function assignedName(left: ts.Expression): string | undefined {
  if (ts.isIdentifier(left)) return left.text
  return ts.isPropertyAccessExpression(left) ? left.name.text : undefined
}

function functionOf(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node.parent, (one) => ts.isFunctionLike(one) || ts.isSourceFile(one))
}

/** A statement of its own in a block around the use. */
function runsBefore(assignment: ts.BinaryExpression, use: ts.Node): boolean {
  const statement = assignment.parent
  return (
    assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(statement) &&
    statement.end <= use.pos &&
    (ts.isBlock(statement.parent) ||
      ts.isSourceFile(statement.parent) ||
      ts.isCaseOrDefaultClause(statement.parent)) &&
    contains(statement.parent, use)
  )
}

/** Before the use in the text, or in a loop around it that the assignment which hides others is not part of. */
function mayRunBefore(
  one: ts.BinaryExpression,
  use: ts.Node,
  last: ts.BinaryExpression | undefined,
): boolean {
  if (one.end <= use.pos) return true
  return (
    ts.findAncestor(
      use,
      (node) =>
        ts.isIterationStatement(node, false) &&
        contains(node, one) &&
        (last === undefined || !contains(node, last)),
    ) !== undefined
  )
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end
}
