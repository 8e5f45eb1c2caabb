import { ts } from '../engine/typescript.js'
import type { Engine } from '../engine/engine.js'

/** Longer chains of classes than this are taken for circles. */
const DEEPEST = 32

/** Finds what stands in for a member of a class in the classes that extend it. */
export class Overrides {
  #byName: ReadonlyMap<string, readonly ts.ClassElement[]> | undefined

  constructor(private readonly engine: Engine) {}

  /** The members of extending classes that replace this one; none where it cannot be replaced. */
  of(member: ts.ClassElement): readonly ts.ClassElement[] {
    const name = nameOf(member)
    if (name === undefined || !isReplaceable(member) || !ts.isClassLike(member.parent)) return []
    const owner = member.parent
    this.#byName ??= indexMembers(this.engine.files)
    return (this.#byName.get(name) ?? []).filter(
      (other) => other !== member && this.#extends(other.parent, owner, DEEPEST),
    )
  }

  #extends(node: ts.Node, base: ts.ClassLikeDeclaration, depth: number): boolean {
    const parent = ts.isClassLike(node) ? parentOf(node) : undefined
    if (parent === undefined || depth === 0) return false
    return this.engine
      .declarationsOf(ts.isPropertyAccessExpression(parent) ? parent.name : parent)
      .some((declaration) => declaration === base || this.#extends(declaration, base, depth - 1))
  }
}

function parentOf(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
  return clause?.types[0]?.expression
}

function isReplaceable(member: ts.ClassElement): boolean {
  const flags = ts.getCombinedModifierFlags(member)
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Static)) === 0
}

/** Private names are out of reach for other classes. */
function nameOf({ name }: ts.ClassElement): string | undefined {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined
}

function indexMembers(files: readonly ts.SourceFile[]): ReadonlyMap<string, readonly ts.ClassElement[]> {
  const found = new Map<string, ts.ClassElement[]>()
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && parentOf(node) !== undefined) {
      for (const member of node.members) {
        const name = nameOf(member)
        if (name === undefined || !isReplaceable(member)) continue
        const known = found.get(name)
        if (known === undefined) found.set(name, [member])
        else known.push(member)
      }
    }
    ts.forEachChild(node, visit)
  }
  for (const file of files) visit(file)
  return found
}
