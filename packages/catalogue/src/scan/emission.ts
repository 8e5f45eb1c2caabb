import { eventName, type Level } from '@throughline/core'
import type { ts } from '../engine/typescript.js'
import type { AttributeReader } from './attributes/attribute-reader.js'
import { type AttributeSet, eitherOf, NO_ATTRIBUTES, overlaid } from './attributes/attribute-set.js'
import { thrownAttributes } from './attributes/exception.js'
import { readType } from './attributes/typed-attributes.js'
import { NOTHING, type Reading, type Written, written } from './attributes/reading.js'
import type { Engine } from '../engine/engine.js'
import { type Argument, argumentsOf, isWritten } from './call-arguments.js'
import { callText } from './call-text.js'
import type { DocgenComments } from './docgen-comments.js'
import { ANSWERED, areKnown, type EventNames, eventsOf } from './event-names.js'
import { levelsOf } from './levels.js'
import { isKnown, type Obscurity, type Origin } from './receivers/origin.js'
import type { ValueReader } from './values.js'
import { type Finding, findings } from './warnings.js'

/** One event of a call. */
export interface Emission {
  readonly name: string
  readonly level: Level
  readonly attributes: AttributeSet
}

/** What one call writes, and what of it is not known. */
export interface Emitted {
  readonly emissions: readonly Emission[]
  readonly findings: readonly Finding[]
}

/** A call of a method of a logger that writes a line. */
export interface EmitCall {
  readonly node: ts.CallExpression
  readonly method: string
  /** Given by name, or worked out where the method itself is chosen by a value. */
  readonly levels?: readonly Level[] | undefined
}

/** Reads what calls of loggers write. */
export class EmissionReader {
  constructor(
    private readonly engine: Engine,
    private readonly values: ValueReader,
    private readonly attributes: AttributeReader,
  ) {}

  /** The events of a call on loggers that are found already. */
  read(call: EmitCall, origins: readonly Origin[], comments: DocgenComments): Emitted {
    const { node, method } = call
    const text = callText(node)
    const at = method === 'log' ? 1 : 0
    const args = argumentsOf(node, this.engine)
    const event = args[at]
    if (event === undefined) return { emissions: [], findings: [] }
    const problems: Finding[] = obscurities(origins).map((obscurity) => OBSCURE[obscurity](text))
    const levels = call.levels ?? levelsOf(method, args[0], this.values)
    if (levels === undefined) problems.push(findings.unknownLevel(text))
    const names = this.#events(node, event, text, comments)
    if (!areKnown(names)) problems.push(names)
    const known = origins.filter(isKnown)
    if (levels === undefined || !areKnown(names) || known.length === 0)
      return { emissions: [], findings: problems }
    const own = written(this.#readCall(args, method, at))
    problems.push(...attributeFindings(text, own, known))
    return { emissions: combine(known, names, levels, own.attributes), findings: problems }
  }

  #events(node: ts.CallExpression, event: Argument, text: string, comments: DocgenComments): EventNames {
    const names = eventsOf(event, text, this.values)
    if (areKnown(names) || !ANSWERED.includes(names.code)) return names
    return comments.take(node) ?? names
  }

  #readCall(args: readonly Argument[], method: string, at: number): Reading {
    const given = this.#readAttributes(args[method === 'exception' ? at + 2 : at + 1])
    const thrown = method === 'exception' ? args[at + 1] : undefined
    if (thrown === undefined) return given
    const type = isWritten(thrown) ? this.engine.typeOf(thrown) : thrown
    return { ...given, attributes: overlaid(thrownAttributes(type), given.attributes) }
  }

  #readAttributes(attrs: Argument | undefined): Reading {
    if (attrs === undefined) return NOTHING
    return isWritten(attrs) ? this.attributes.read(attrs) : readType(attrs)
  }
}

const OBSCURE: Readonly<Record<Obscurity, (text: string) => Finding>> = {
  unknown: findings.unknownDomain,
  generic: findings.genericDomain,
  erased: findings.erasedLogger,
}

/** Why domains are not known; once for a place, however many loggers it has. */
function obscurities(origins: readonly Origin[]): readonly Obscurity[] {
  const [first] = origins.flatMap(({ domains }) => (typeof domains === 'string' ? [domains] : []))
  return first === undefined ? [] : [first]
}

/** Reserved keys that are bound are told where they are bound. */
function attributeFindings(text: string, own: Written, origins: readonly Origin[]): readonly Finding[] {
  const found: Finding[] = []
  if (own.isOpen || origins.some(({ isOpen }) => isOpen)) found.push(findings.openAttributes(text))
  if (own.reserved.length > 0) found.push(findings.reservedKeys(text, own.reserved))
  return found
}

function combine(
  origins: readonly (Origin & { readonly domains: readonly string[] })[],
  events: readonly string[],
  levels: readonly Level[],
  own: AttributeSet,
): readonly Emission[] {
  const byDomain = new Map<string, AttributeSet[]>()
  for (const { domains, bound } of origins) {
    const below = written({ attributes: bound, isOpen: false }).attributes
    for (const domain of domains) {
      byDomain.set(domain, [...(byDomain.get(domain) ?? []), overlaid(below, own)])
    }
  }
  const found = new Map<string, { level: Level; name: string; sets: AttributeSet[] }>()
  for (const [domain, sets] of byDomain) {
    for (const event of events) {
      for (const level of levels) {
        const name = eventName(domain, event)
        const known = found.get(`${level} ${name}`) ?? { level, name, sets: [] }
        known.sets.push(...sets)
        found.set(`${level} ${name}`, known)
      }
    }
  }
  return [...found.values()].map(({ level, name, sets }) => ({
    name,
    level,
    attributes: sets.length === 0 ? NO_ATTRIBUTES : eitherOf(sets),
  }))
}
