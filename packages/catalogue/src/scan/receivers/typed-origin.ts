import { ts } from '../../engine/typescript.js'
import type { Engine, Type } from '../../engine/engine.js'
import { NO_ATTRIBUTES } from '../attributes/attribute-set.js'
import { NOTHING, type Reading } from '../attributes/reading.js'
import { readType } from '../attributes/typed-attributes.js'
import { stringsOfType } from '../values.js'
import { isLoggerInterface, type LoggerView } from './logger-type.js'
import { MODULE_DOMAIN, type ModuleDomains } from './module-domain.js'
import type { Obscurity, Origin } from './origin.js'

/** What the type of an expression says of one logger that it may be. */
export function typedOrigin(
  node: ts.Expression,
  { domain, bound }: LoggerView,
  engine: Engine,
  modules: ModuleDomains,
): Origin {
  const strings = domain && stringsOfType(domain)
  const { attributes, isOpen } = bound === undefined ? NOTHING : readBound(bound)
  if (strings?.has(MODULE_DOMAIN) !== true) {
    const domains = strings === undefined ? obscurity(node, domain, engine) : [...strings].toSorted()
    return { domains, bound: attributes, isOpen }
  }
  const module = modules.of(node)
  return { domains: module === undefined ? 'unknown' : [module], bound: attributes, isOpen }
}

/** The default of the type parameter says nothing: neither that keys are missing nor that there are more. */
function readBound(bound: Type): Reading {
  return bound.kind === 'nonprimitive' || bound.kind === 'any' || bound.kind === 'parameter'
    ? { attributes: NO_ATTRIBUTES, isOpen: false }
    : readType(bound)
}

function obscurity(node: ts.Expression, domain: Type | undefined, engine: Engine): Obscurity {
  if (domain?.kind === 'parameter') return 'generic'
  return ts.isCallExpression(node) && makesLoggers(engine.calledDeclaration(node)) ? 'unknown' : 'erased'
}

/** Whether a function stands beside the type of loggers: then it is the one that makes them. */
function makesLoggers(declaration: ts.Node | undefined): boolean {
  if (declaration === undefined || !ts.isFunctionDeclaration(declaration)) return false
  return declaration.getSourceFile().statements.some(isLoggerInterface)
}
