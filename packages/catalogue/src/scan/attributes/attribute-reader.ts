import { ts } from '../../engine/typescript.js'
import type { Engine } from '../../engine/engine.js'
import type { Sources } from '../sources.js'
import type { ValueReader } from '../values.js'
import { type Attribute, type AttributeSet, optional, overlaid } from './attribute-set.js'
import { literalKind } from './literal-kind.js'
import { keyed, NOTHING, OPEN, type Reading } from './reading.js'
import { either, readType } from './typed-attributes.js'

/** A computed key with more values than this counts as open. */
const MOST_KEYS = 50

const LITERALS = {
  string: { kinds: new Set(['string']), isOptional: false },
  number: { kinds: new Set(['number']), isOptional: false },
  boolean: { kinds: new Set(['boolean']), isOptional: false },
} as const satisfies Record<string, Attribute>

/** Reads the attributes of an expression: by its syntax as far as it goes, because types forget spreads (C5). */
export class AttributeReader {
  readonly #underWay = new Set<ts.Node>()

  constructor(
    private readonly engine: Engine,
    private readonly sources: Sources,
    private readonly values: ValueReader,
  ) {}

  read(node: ts.Expression): Reading {
    if (ts.isObjectLiteralExpression(node)) return this.#readLiteral(node)
    if (ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node))
      return this.read(node.expression)
    if (ts.isConditionalExpression(node)) return either([this.read(node.whenTrue), this.read(node.whenFalse)])
    if (ts.isBinaryExpression(node)) return this.#readBinary(node)
    if (ts.isAsExpression(node) && isConstAssertion(node)) return this.read(node.expression)
    return this.#readTyped(node)
  }

  #readBinary(node: ts.BinaryExpression): Reading {
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.AmpersandAmpersandToken:
        return either([this.read(node.right), NOTHING])
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
        return this.#readFallback(node)
      default:
        return this.#readTyped(node)
    }
  }

  /** The left side without what makes it fall through. */
  #readFallback(node: ts.BinaryExpression): Reading {
    const left = this.engine.typeOf(node.left)
    const present =
      left.kind === 'union'
        ? left.types.filter(({ kind }) => kind !== 'nullish' && kind !== 'literal')
        : [left]
    const readings = present.map(readType)
    return either([...readings, this.read(node.right)])
  }

  /** The type has all keys that are known; what it came from tells whether there may be more. */
  #readTyped(node: ts.Expression): Reading {
    const typed = readType(this.engine.typeOf(node))
    if (typed.isOpen || isAssertion(node) || this.#underWay.has(node)) return typed
    const sources = this.sources.of(node)
    if (sources === undefined || isAnnotated(this.sources.declarationOf(node))) return typed
    this.#underWay.add(node)
    try {
      const readings = sources.map((source) => this.read(source))
      return { attributes: typed.attributes, isOpen: readings.some(({ isOpen }) => isOpen) }
    } finally {
      this.#underWay.delete(node)
    }
  }

  #readLiteral(node: ts.ObjectLiteralExpression): Reading {
    let found: Reading = NOTHING
    for (const property of node.properties) {
      const added = ts.isSpreadAssignment(property)
        ? this.read(property.expression)
        : this.#readProperty(property)
      found = {
        attributes: overlaid(found.attributes, added.attributes),
        isOpen: found.isOpen || added.isOpen,
      }
    }
    return found
  }

  #readProperty(property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>): Reading {
    const keys = this.#keysOf(property.name)
    if (keys === undefined) return OPEN
    const value = ts.isPropertyAssignment(property) ? property.initializer : property.name
    const valueOf = (key: string): AttributeSet => this.#valueOf(key, value)
    const [only] = keys
    if (keys.length === 1 && only !== undefined) return { attributes: valueOf(only), isOpen: false }
    const attributes = new Map<string, Attribute>(keys.flatMap((key) => [...optional(valueOf(key))]))
    return { attributes, isOpen: false }
  }

  #valueOf(key: string, value: ts.Node): AttributeSet {
    const kind = literalKind(value)
    return kind === undefined ? keyed(key, this.engine.wideTypeOf(value)) : new Map([[key, LITERALS[kind]]])
  }

  #keysOf(name: ts.PropertyName): readonly string[] | undefined {
    if (!ts.isComputedPropertyName(name)) return [name.text]
    if (ts.isNumericLiteral(name.expression)) return [name.expression.text]
    const keys = this.values.stringsOf(name.expression)
    return keys !== undefined && keys.length <= MOST_KEYS ? keys : undefined
  }
}

function isConstAssertion({ type }: ts.AsExpression): boolean {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'const'
}

function isAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)
}

/** An annotation is what the author says of the object, whatever it was made from. */
function isAnnotated(declaration: ts.Node | undefined): boolean {
  return declaration !== undefined && 'type' in declaration && declaration.type !== undefined
}
