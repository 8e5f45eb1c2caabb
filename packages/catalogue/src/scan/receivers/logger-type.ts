import { ts } from '../../engine/typescript.js'
import type { Engine, Type } from '../../engine/engine.js'
import { isEmitMethod } from '../levels.js'

/** One logger that a receiver may be, by its type. */
export interface LoggerView {
  /** Type argument `D`; undefined where the type has lost it. */
  readonly domain: Type | undefined
  /** Type argument `B`; undefined where the type has lost it. */
  readonly bound: Type | undefined
}

/** What a receiver is, by its type alone (C2). */
export interface ReceiverView {
  readonly isAny: boolean
  readonly loggers: readonly LoggerView[]
}

const OTHER: ReceiverView = { isAny: false, loggers: [] }

/** Recognises loggers by the marks that their type carries: neither names nor the package they come from count. */
export class LoggerTypes {
  readonly #known = new Map<Type, ReceiverView>()

  constructor(private readonly engine: Engine) {}

  /** What an expression is when a member of it is called. */
  of(node: ts.Expression): ReceiverView {
    return this.view(this.engine.typeOf(node))
  }

  /** Whether it is one; a logger is one after `bind` too, whose type takes the checker long to work out. */
  isLogger(node: ts.Expression): boolean {
    const base = boundReceiver(node)
    return base !== undefined && this.isLogger(base) ? true : this.of(node).loggers.length > 0
  }

  /** Whether the checker does not know what it is. */
  isAny(node: ts.Expression): boolean {
    const base = boundReceiver(node)
    return base !== undefined && this.isLogger(base) ? false : this.of(node).isAny
  }

  view(type: Type): ReceiverView {
    let view = this.#known.get(type)
    if (view === undefined) this.#known.set(type, (view = read(type)))
    return view
  }
}

function read(type: Type): ReceiverView {
  switch (type.kind) {
    case 'any':
      return { isAny: true, loggers: [] }
    case 'parameter':
      return type.constraint === undefined ? OTHER : read(type.constraint)
    case 'union': {
      const views = type.types.map(read)
      return {
        isAny: views.some(({ isAny }) => isAny),
        loggers: views.flatMap(({ loggers }) => loggers),
      }
    }
    case 'object':
      return readObject(type)
    default:
      return OTHER
  }
}

function boundReceiver(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  return node.expression.name.text === 'bind' ? node.expression.expression : undefined
}

function readObject(type: Type): ReceiverView {
  // The type itself, and no other that extends it: then there is no need to work out its members.
  if (type.declarations.some(isLoggerInterface)) {
    const [domain, bound] = type.arguments
    return { isAny: false, loggers: [{ domain, bound }] }
  }
  const domain = type.property('__domain')
  const bound = type.property('__bound')
  if (domain !== undefined && bound !== undefined) {
    return {
      isAny: false,
      loggers: [{ domain: withoutNullish(domain.type), bound: withoutNullish(bound.type) }],
    }
  }
  // `Pick<Logger, 'info'>` has lost its marks, but not where its methods come from.
  const isPart = ['info', 'warn', 'error', 'debug', 'trace', 'fatal'].some((name) =>
    type.property(name)?.declarations.some(isLoggerMember),
  )
  return isPart ? { isAny: false, loggers: [{ domain: undefined, bound: undefined }] } : OTHER
}

/** Whether a declaration stands in the interface that carries the marks. */
function isLoggerMember({ parent }: ts.Node): boolean {
  return isLoggerInterface(parent)
}

/** Whether a declaration is the interface that carries the marks. */
export function isLoggerInterface(node: ts.Node): boolean {
  return (
    ts.isInterfaceDeclaration(node) &&
    ['__domain', '__bound'].every((mark) =>
      node.members.some(({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === mark),
    )
  )
}

/** The methods of a logger that were taken off it, by a name. */
export function isEmitName(name: ts.Node | undefined): name is ts.Identifier {
  return name !== undefined && ts.isIdentifier(name) && isEmitMethod(name.text)
}

/** The marks are optional, which adds undefined to what they stand for. */
function withoutNullish(type: Type): Type {
  const present = type.kind === 'union' ? type.types.filter(({ kind }) => kind !== 'nullish') : [type]
  return present.length === 1 ? (present[0] ?? type) : type
}
