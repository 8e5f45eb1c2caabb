import type { ts } from './typescript.js'

/**
 * What the scanner asks of a type checker.
 *
 * Syntax is always that of `typescript6`, whichever checker answers: an engine over another one finds its own node
 * for a given node, and the given node for its own.
 */
export interface Engine {
  /** All source files that the checker sees, without declaration files. */
  readonly files: readonly ts.SourceFile[]
  /** The type of an expression where it stands, narrowed as the code around it narrows it. */
  typeOf(node: ts.Node): Type
  /** As `typeOf`, but it may leave out what code around narrows a primitive to, which takes the checker long. */
  wideTypeOf(node: ts.Node): Type
  /** The declarations that a name stands for, through imports and exports; those of an import that leads nowhere. */
  declarationsOf(name: ts.Node): readonly ts.Node[]
  /** The declaration of the function, or of its overload, that a call reaches. */
  calledDeclaration(call: ts.CallExpression): ts.Node | undefined
}

/** What matters of a type to a catalogue. */
export type TypeKind =
  | 'any'
  | 'unknown'
  | 'never'
  | 'nullish'
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'symbol'
  | 'literal'
  | 'union'
  | 'parameter'
  | 'nonprimitive'
  | 'object'

/** A type of the checker; the same one is the same object. */
export interface Type {
  readonly kind: TypeKind
  /** Of a `literal`. */
  readonly value: string | number | boolean | undefined
  /** Of a `union`. */
  readonly types: readonly Type[]
  /** Of a `parameter`, or of another type that is only known once its parameters are. */
  readonly constraint: Type | undefined
  /** Of an `object`: those with a name that is a string. */
  readonly properties: readonly Property[]
  property(name: string): Property | undefined
  /** Whether an `object` takes keys that its type does not name. */
  readonly isOpen: boolean
  readonly isCallable: boolean
  /** Of an array or a tuple. */
  readonly elements: readonly Type[] | undefined
  readonly isTuple: boolean
  /** Type arguments of a reference such as `Set<string>`. */
  readonly arguments: readonly Type[]
  /** Where the type of an `object` is declared. */
  readonly declarations: readonly ts.Node[]
  /** Names of the class or interface, and of all those that it extends. */
  readonly ancestors: ReadonlySet<string>
  /** What a call of it gives. */
  readonly returned: Type | undefined
}

/** A property of an object type. */
export interface Property {
  readonly name: string
  readonly isOptional: boolean
  readonly type: Type
  readonly declarations: readonly ts.Node[]
}
