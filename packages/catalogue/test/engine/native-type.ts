import type * as Native from 'typescript/unstable/sync'
import type { Property, Type, TypeKind } from '../../src/engine/engine.js'
import type { ts } from '../../src/engine/typescript.js'

type Locate = (handle: Native.NodeHandle) => readonly ts.Node[]

/** Views of the native checker's types, one for each. */
export class NativeTypes {
  readonly #known = new Map<number, Type>()

  constructor(
    readonly checker: Native.Checker,
    readonly api: typeof Native,
    readonly locate: Locate,
  ) {}

  of(type: Native.Type): Type {
    let view = this.#known.get(type.id)
    if (view === undefined) this.#known.set(type.id, (view = new NativeType(type, this)))
    return view
  }

  kindOf(type: Native.Type): TypeKind {
    const { TypeFlags } = this.api
    const kinds: readonly (readonly [number, TypeKind])[] = [
      [TypeFlags.Any, 'any'],
      [TypeFlags.Unknown, 'unknown'],
      [TypeFlags.Never, 'never'],
      [TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void, 'nullish'],
      [TypeFlags.Union, 'union'],
      [TypeFlags.StringLiteral | TypeFlags.NumberLiteral | TypeFlags.BooleanLiteral, 'literal'],
      [TypeFlags.StringLike, 'string'],
      [TypeFlags.NumberLike, 'number'],
      [TypeFlags.BooleanLike, 'boolean'],
      [TypeFlags.BigIntLike, 'bigint'],
      [TypeFlags.ESSymbolLike, 'symbol'],
      [TypeFlags.NonPrimitive, 'nonprimitive'],
      [TypeFlags.Instantiable, 'parameter'],
    ]
    const known = kinds.find(([flags]) => (type.flags & flags) !== 0)
    if (known !== undefined) return known[1]
    if (!type.isIntersectionType()) return 'object'
    const parts = partsOf(type).map((part) => this.kindOf(part))
    return (
      parts.find((kind) => !['object', 'nonprimitive', 'parameter', 'literal'].includes(kind)) ??
      (parts.includes('object') ? 'object' : (parts[0] ?? 'object'))
    )
  }
}

class NativeType implements Type {
  readonly kind: TypeKind

  constructor(
    private readonly type: Native.Type,
    private readonly views: NativeTypes,
  ) {
    this.kind = views.kindOf(type)
  }

  get value(): string | number | boolean | undefined {
    const value = this.type.isLiteralType() ? this.type.value : undefined
    return typeof value === 'bigint' ? undefined : value
  }

  get types(): readonly Type[] {
    return this.type.isUnionType() ? partsOf(this.type).map((type) => this.views.of(type)) : []
  }

  get constraint(): Type | undefined {
    const constraint = this.views.checker.getBaseConstraintOfType(this.type)
    return constraint === undefined || constraint.id === this.type.id ? undefined : this.views.of(constraint)
  }

  get properties(): readonly Property[] {
    return this.views.checker
      .getPropertiesOfType(this.type)
      .filter((symbol) => !/^__[@#]|^[\uFFFD\uFEFF]/.test(symbol.escapedName as string))
      .map((symbol) => this.#view(symbol))
  }

  property(name: string): Property | undefined {
    const symbol = this.views.checker.getPropertyOfType(this.type, name)
    return symbol === undefined ? undefined : this.#view(symbol)
  }

  get isOpen(): boolean {
    return this.views.checker.getIndexInfosOfType(this.type).length > 0
  }

  get isCallable(): boolean {
    const { checker, api } = this.views
    return [api.SignatureKind.Call, api.SignatureKind.Construct].some(
      (kind) => checker.getSignaturesOfType(this.type, kind).length > 0,
    )
  }

  get elements(): readonly Type[] | undefined {
    return this.isTuple || this.views.checker.isArrayType(this.type) ? this.arguments : undefined
  }

  get isTuple(): boolean {
    return this.views.checker.isTupleType(this.type)
  }

  get arguments(): readonly Type[] {
    if (!this.type.isTypeReference()) return []
    return this.views.checker.getTypeArguments(this.type).map((type) => this.views.of(type))
  }

  get declarations(): readonly ts.Node[] {
    return (this.type.getSymbol()?.declarations ?? []).flatMap((handle) => this.views.locate(handle))
  }

  get ancestors(): ReadonlySet<string> {
    const names = new Set<string>()
    collectAncestors(this.type, names)
    return names
  }

  get returned(): Type | undefined {
    const { checker, api } = this.views
    const [signature] = checker.getSignaturesOfType(this.type, api.SignatureKind.Call)
    const type = signature && checker.getReturnTypeOfSignature(signature)
    return type && this.views.of(type)
  }

  #view(symbol: Native.Symbol): Property {
    const { views } = this
    return {
      name: symbol.name,
      isOptional: (symbol.flags & views.api.SymbolFlags.Optional) !== 0,
      get type() {
        const type = views.checker.getTypeOfSymbol(symbol)
        if (type === undefined) throw new Error(`no type of ${symbol.name}`)
        return views.of(type)
      },
      get declarations() {
        return symbol.declarations.flatMap((handle) => views.locate(handle))
      },
    }
  }
}

function partsOf(type: Native.UnionOrIntersectionType): readonly Native.Type[] {
  return type.getTypes()
}

function collectAncestors(type: Native.Type, names: Set<string>): void {
  if (type.isIntersectionType()) {
    for (const part of partsOf(type)) collectAncestors(part, names)
    return
  }
  const name = type.getSymbol()?.name
  if (name === undefined || names.has(name)) return
  names.add(name)
  const declared = type.isTypeReference() ? type.getTarget() : type
  for (const base of declared.getBaseTypes() ?? []) collectAncestors(base, names)
}
