import { ts } from '../../engine/typescript.js'
import type { Engine } from '../../engine/engine.js'
import type { AttributeReader } from '../attributes/attribute-reader.js'
import { NO_ATTRIBUTES, overlaid } from '../attributes/attribute-set.js'
import type { Sources } from '../sources.js'
import type { Injections } from './injection.js'
import type { LoggerTypes } from './logger-type.js'
import type { ModuleDomains } from './module-domain.js'
import { isKnown, type Origin } from './origin.js'
import { typedOrigin } from './typed-origin.js'

/**
 * Finds the loggers that a receiver may be: back along initialisers, branches, returns and assignments, because
 * types forget (a branch that is a subtype, a reassigned `let`, a spread), and by the type where that is all there is.
 */
export class Origins {
  readonly #known = new Map<ts.Node, readonly Origin[]>()
  readonly #underWay = new Set<ts.Node>()

  constructor(
    private readonly engine: Engine,
    private readonly loggers: LoggerTypes,
    private readonly sources: Sources,
    private readonly attributes: AttributeReader,
    private readonly injections: Injections,
    private readonly modules: ModuleDomains,
  ) {}

  of(node: ts.Expression): readonly Origin[] {
    const known = this.#known.get(node)
    if (known !== undefined) return known
    // A loop that goes back to itself adds no logger.
    if (this.#underWay.has(node)) return []
    this.#underWay.add(node)
    try {
      const found = this.#find(node)
      this.#known.set(node, found)
      return found
    } finally {
      this.#underWay.delete(node)
    }
  }

  #find(node: ts.Expression): readonly Origin[] {
    const traced = this.#trace(node)
    if (traced !== undefined && traced.length > 0 && traced.every(isKnown)) return traced
    const typed = this.#typed(node)
    if (traced === undefined || traced.length === 0) return typed
    return typed.length > 0 && typed.every(isKnown) ? typed : traced
  }

  #typed(node: ts.Expression): readonly Origin[] {
    return this.loggers.of(node).loggers.map((logger) => typedOrigin(node, logger, this.engine, this.modules))
  }

  #trace(node: ts.Expression): readonly Origin[] | undefined {
    if (ts.isCallExpression(node)) {
      const bound = this.#traceBind(node)
      if (bound !== undefined) return bound
    }
    const injected = this.#injected(node)
    if (injected !== undefined) return injected
    return this.sources.of(node)?.flatMap((source) => this.of(source))
  }

  #traceBind({ expression, arguments: [attrs] }: ts.CallExpression): readonly Origin[] | undefined {
    if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'bind' || attrs === undefined)
      return undefined
    const receiver = expression.expression
    if (!this.loggers.isLogger(receiver)) return undefined
    const { attributes } = this.attributes.read(attrs)
    return this.of(receiver).map((origin) => ({ ...origin, bound: overlaid(origin.bound, attributes) }))
  }

  #injected(node: ts.Expression): readonly Origin[] | undefined {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined
    const declaration = this.sources.declarationOf(node)
    const domains = declaration && this.injections.domainsOf(declaration)
    if (domains === undefined) return undefined
    const [typed] = this.#typed(node)
    return [{ domains, bound: typed?.bound ?? NO_ATTRIBUTES, isOpen: typed?.isOpen ?? false }]
  }
}
