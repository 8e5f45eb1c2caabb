import { ts } from '../engine/typescript.js'
import type { Engine, Type } from '../engine/engine.js'
import { type Argument, isWritten } from './call-arguments.js'
import type { Sources } from './sources.js'

/** A product of unions grows fast; beyond this many strings it counts as open. */
const MOST_STRINGS = 10_000

/** Finds the strings that an expression may have (C4). */
export class ValueReader {
  readonly #underWay = new Set<ts.Node>()

  constructor(
    private readonly engine: Engine,
    private readonly sources: Sources,
  ) {}

  /** All strings that an expression or an argument may be, sorted; undefined where it may be any. */
  stringsOf(node: Argument): readonly string[] | undefined {
    const found = isWritten(node) ? this.#read(node) : stringsOfType(node)
    return found && [...found].toSorted()
  }

  #read(node: ts.Expression): ReadonlySet<string> | undefined {
    if (ts.isStringLiteralLike(node)) return new Set([node.text])
    if (ts.isTemplateExpression(node)) return this.#readTemplate(node)
    const typed = stringsOfType(this.engine.typeOf(node))
    return typed ?? this.#readSources(node)
  }

  /** What a type forgets: a `let`, a branch that was widened, a const that is annotated as `string`. */
  #readSources(node: ts.Expression): ReadonlySet<string> | undefined {
    // A loop that goes back to itself adds no string.
    if (this.#underWay.has(node)) return new Set()
    const sources = this.sources.of(node)
    if (sources === undefined) return undefined
    this.#underWay.add(node)
    try {
      const found = new Set<string>()
      for (const source of sources) {
        const strings = this.#read(source)
        if (strings === undefined) return undefined
        for (const text of strings) found.add(text)
      }
      return found.size === 0 ? undefined : found
    } finally {
      this.#underWay.delete(node)
    }
  }

  #readTemplate(node: ts.TemplateExpression): ReadonlySet<string> | undefined {
    let texts: readonly string[] = [node.head.text]
    for (const { expression, literal } of node.templateSpans) {
      const parts = this.#readPart(expression)
      if (parts === undefined || parts.size * texts.length > MOST_STRINGS) return undefined
      texts = texts.flatMap((text) => [...parts].map((part) => text + part + literal.text))
    }
    return new Set(texts)
  }

  #readPart(node: ts.Expression): ReadonlySet<string> | undefined {
    const literals = literalsOfType(this.engine.typeOf(node))
    return literals === undefined ? this.#read(node) : new Set(literals.map(String))
  }
}

/** The strings of a type that has only such; nullish ones are no event name and are left out. */
export function stringsOfType(type: Type): ReadonlySet<string> | undefined {
  const literals = literalsOfType(type)?.filter((literal) => typeof literal === 'string')
  return literals === undefined || literals.length === 0 ? undefined : new Set(literals)
}

function literalsOfType(type: Type): readonly (string | number | boolean)[] | undefined {
  if (type.kind === 'parameter') return type.constraint && literalsOfType(type.constraint)
  if (type.kind === 'nullish' || type.kind === 'never') return []
  if (type.kind === 'literal') return type.value === undefined ? undefined : [type.value]
  if (type.kind !== 'union') return undefined
  const found: (string | number | boolean)[] = []
  for (const member of type.types) {
    const literals = literalsOfType(member)
    if (literals === undefined) return undefined
    found.push(...literals)
  }
  return found
}
