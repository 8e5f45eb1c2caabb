import { ts } from '../../engine/typescript.js'
import type { Engine } from '../../engine/engine.js'
import { returnedExpressions } from '../returns.js'
import type { ValueReader } from '../values.js'
import type { Obscurity } from './origin.js'

/** Decorators made of decorators are followed this far. */
const DEEPEST = 4

/** Reads the domain that a decorator of Nest injects a logger with: `@InjectLogger('orders')` (C3). */
export class Injections {
  constructor(
    private readonly engine: Engine,
    private readonly values: ValueReader,
  ) {}

  /** The domains of an injected parameter or property; undefined where no decorator injects a logger. */
  domainsOf(declaration: ts.Node): readonly string[] | Obscurity | undefined {
    if (!ts.isParameter(declaration) && !ts.isPropertyDeclaration(declaration)) return undefined
    for (const { expression } of ts.getDecorators(declaration) ?? []) {
      const found = this.#read(expression, declaration, DEEPEST)
      if (found !== undefined) return found
    }
    return undefined
  }

  #read(decorator: ts.Expression, target: ts.Node, depth: number): readonly string[] | Obscurity | undefined {
    if (!ts.isCallExpression(decorator) || depth === 0) return undefined
    const called = this.engine.calledDeclaration(decorator)
    const [first] = decorator.arguments
    const name = called && ts.isFunctionDeclaration(called) ? called.name?.text : undefined
    if (name === 'InjectLogger') return first === undefined ? classDomain(target) : this.#domainsIn(first)
    if (nameOf(decorator.expression) === 'Inject' && first !== undefined && ts.isCallExpression(first))
      return this.#readToken(first)
    // A decorator of one's own that returns the real one.
    for (const returned of (called && returnedExpressions(called)) ?? []) {
      const found = this.#read(returned, target, depth - 1)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** `@Inject(getLoggerToken('orders'))` says the same at length. */
  #readToken(token: ts.CallExpression): readonly string[] | Obscurity | undefined {
    const called = this.engine.calledDeclaration(token)
    if (called === undefined || !ts.isFunctionDeclaration(called) || called.name?.text !== 'getLoggerToken')
      return undefined
    const [domain] = token.arguments
    return domain === undefined ? [''] : this.#domainsIn(domain)
  }

  #domainsIn(argument: ts.Expression): readonly string[] | Obscurity {
    return this.values.stringsOf(argument) ?? 'unknown'
  }
}

/** The class that declares the member, as the decorator sees it; an unnamed one is called after its variable. */
function classDomain(target: ts.Node): readonly string[] | Obscurity {
  const owner = ts.findAncestor(target, ts.isClassLike)
  if (owner?.name !== undefined) return [owner.name.text]
  const holder = owner?.parent
  return holder !== undefined && ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)
    ? [holder.name.text]
    : 'unknown'
}

function nameOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined
}
