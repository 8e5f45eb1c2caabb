import { ts } from './typescript.js'
import type { Property, Type, TypeKind } from './engine.js'

/** Views of the checker's types, one for each. */
export class ClassicTypes {
  readonly #known = new Map<ts.Type, Type>()

  constructor(readonly checker: ts.TypeChecker) {}

  of(type: ts.Type): Type {
    let view = this.#known.get(type)
    if (view === undefined) this.#known.set(type, (view = new ClassicType(type, this)))
    return view
  }
}

/** A view of one type; whatever takes work is worked out when asked for. */
class ClassicType implements Type {
  readonly kind: TypeKind
  readonly value: string | number | boolean | undefined
  #properties: readonly Property[] | undefined
  #ancestors: ReadonlySet<string> | undefined

  constructor(
    private readonly type: ts.Type,
    private readonly views: ClassicTypes,
  ) {
    this.kind = kindOf(type)
    this.value = this.kind === 'literal' ? literalValue(type, views.checker) : undefined
  }

  get types(): readonly Type[] {
    return this.type.isUnion() ? this.type.types.map((type) => this.views.of(type)) : []
  }

  get constraint(): Type | undefined {
    const constraint = this.views.checker.getBaseConstraintOfType(this.type)
    return constraint === undefined || constraint === this.type ? undefined : this.views.of(constraint)
  }

  get properties(): readonly Property[] {
    return (this.#properties ??= this.views.checker
      .getPropertiesOfType(this.type)
      .filter((symbol) => !/^__[@#]/.test(symbol.escapedName as string))
      .map((symbol) => this.#view(symbol)))
  }

  property(name: string): Property | undefined {
    const symbol = this.views.checker.getPropertyOfType(this.type, name)
    return symbol === undefined ? undefined : this.#view(symbol)
  }

  get isOpen(): boolean {
    return this.views.checker.getIndexInfosOfType(this.type).length > 0
  }

  get isCallable(): boolean {
    return this.type.getCallSignatures().length > 0 || this.type.getConstructSignatures().length > 0
  }

  get elements(): readonly Type[] | undefined {
    const { checker } = this.views
    return checker.isArrayType(this.type) || checker.isTupleType(this.type) ? this.arguments : undefined
  }

  get isTuple(): boolean {
    return this.views.checker.isTupleType(this.type)
  }

  get arguments(): readonly Type[] {
    if (!isReference(this.type)) return []
    return this.views.checker.getTypeArguments(this.type).map((type) => this.views.of(type))
  }

  get declarations(): readonly ts.Node[] {
    return this.type.getSymbol()?.declarations ?? []
  }

  get ancestors(): ReadonlySet<string> {
    return (this.#ancestors ??= collectAncestors(this.type, new Set()))
  }

  get returned(): Type | undefined {
    const signature = this.type.getCallSignatures()[0]
    return signature && this.views.of(this.views.checker.getReturnTypeOfSignature(signature))
  }

  #view(symbol: ts.Symbol): Property {
    const { views } = this
    return {
      name: symbol.name,
      isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      get type() {
        return views.of(views.checker.getTypeOfSymbol(symbol))
      },
      declarations: symbol.declarations ?? [],
    }
  }
}

/** The first that fits tells. */
const KINDS: readonly (readonly [ts.TypeFlags, TypeKind])[] = [
  [ts.TypeFlags.Any, 'any'],
  [ts.TypeFlags.Unknown, 'unknown'],
  [ts.TypeFlags.Never, 'never'],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void, 'nullish'],
  [ts.TypeFlags.Union, 'union'],
  [ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral | ts.TypeFlags.BooleanLiteral, 'literal'],
  [ts.TypeFlags.StringLike, 'string'],
  [ts.TypeFlags.NumberLike, 'number'],
  [ts.TypeFlags.BooleanLike, 'boolean'],
  [ts.TypeFlags.BigIntLike, 'bigint'],
  [ts.TypeFlags.ESSymbolLike, 'symbol'],
  [ts.TypeFlags.NonPrimitive, 'nonprimitive'],
  [ts.TypeFlags.Instantiable, 'parameter'],
]

function kindOf(type: ts.Type): TypeKind {
  for (const [flags, kind] of KINDS) if ((type.flags & flags) !== 0) return kind
  return type.isIntersection() ? kindOfIntersection(type) : 'object'
}

/** A branded primitive such as `string & { readonly brand: 'UserId' }` is that primitive. */
function kindOfIntersection(type: ts.IntersectionType): TypeKind {
  const kinds = type.types.map((part) => (isStringLiteral(part) ? 'string' : kindOf(part)))
  const primitive = kinds.find((kind) => !['object', 'nonprimitive', 'parameter', 'literal'].includes(kind))
  if (primitive !== undefined) return primitive
  return kinds.includes('object') ? 'object' : (kinds[0] ?? 'object')
}

function isStringLiteral(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.StringLiteral) !== 0
}

function literalValue(type: ts.Type, checker: ts.TypeChecker): string | number | boolean | undefined {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value
  return (type.flags & ts.TypeFlags.BooleanLiteral) === 0 ? undefined : checker.typeToString(type) === 'true'
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
}

function collectAncestors(type: ts.Type, names: Set<string>): ReadonlySet<string> {
  if (type.isIntersection()) {
    for (const part of type.types) collectAncestors(part, names)
    return names
  }
  const name = type.getSymbol()?.name
  if (name === undefined || names.has(name)) return names
  names.add(name)
  for (const base of (isReference(type) ? type.target : type).getBaseTypes() ?? [])
    collectAncestors(base, names)
  return names
}
