import { ts } from '../engine/typescript.js'
import type { Engine } from '../engine/engine.js'
import { AttributeReader } from './attributes/attribute-reader.js'
import { written } from './attributes/reading.js'
import { callText } from './call-text.js'
import { DocgenComments } from './docgen-comments.js'
import { type Emission, type EmitCall, EmissionReader } from './emission.js'
import { canonicalLevel, isEmitMethod } from './levels.js'
import { Injections } from './receivers/injection.js'
import { isEmitName, LoggerTypes } from './receivers/logger-type.js'
import { ModuleDomains } from './receivers/module-domain.js'
import { Origins } from './receivers/origins.js'
import { Sources } from './sources.js'
import { ForeignReceivers, isLogShaped } from './untyped-receivers.js'
import { ValueReader } from './values.js'
import { type Finding, findings } from './warnings.js'

/** Something found at a place in a file; lines count from 1. */
export type Found = { readonly line: number } & (
  | { readonly emission: Emission }
  | { readonly finding: Finding }
)

/** Finds the events of source files: a pure function of what an engine says of them. */
export class FileScanner {
  readonly #loggers: LoggerTypes
  readonly #origins: Origins
  readonly #attributes: AttributeReader
  readonly #emissions: EmissionReader
  readonly #foreign: ForeignReceivers
  readonly #values: ValueReader

  constructor(private readonly engine: Engine) {
    const sources = new Sources(engine)
    this.#values = new ValueReader(engine, sources)
    this.#loggers = new LoggerTypes(engine)
    this.#attributes = new AttributeReader(engine, sources, this.#values)
    const injections = new Injections(engine, this.#values)
    const modules = new ModuleDomains(sources)
    this.#origins = new Origins(engine, this.#loggers, sources, this.#attributes, injections, modules)
    this.#emissions = new EmissionReader(engine, this.#values, this.#attributes)
    this.#foreign = new ForeignReceivers(engine, sources)
  }

  /** All that a file holds, in the order of its text. */
  scan(file: ts.SourceFile): readonly Found[] {
    const found: Found[] = []
    const comments = new DocgenComments(file)
    const lineAt = (pos: number): number => file.getLineAndCharacterOfPosition(pos).line + 1
    const add = (node: ts.Node, { emissions, problems }: Outcome): void => {
      if (emissions.length === 0 && problems.length === 0) return
      const line = lineAt(node.getStart(file))
      for (const emission of emissions) found.push({ line, emission })
      for (const finding of problems) found.push({ line, finding })
    }
    const visit = (node: ts.Node): void => {
      add(node, ts.isCallExpression(node) ? this.#scanCall(node, comments) : this.#scanDetached(node))
      ts.forEachChild(node, visit)
    }
    visit(file)
    for (const { pos, finding } of comments.problems()) found.push({ line: lineAt(pos), finding })
    return found
  }

  #scanCall(node: ts.CallExpression, comments: DocgenComments): Outcome {
    const callee = skipOuter(node.expression)
    if (ts.isPropertyAccessExpression(callee)) {
      const method = callee.name.text
      if (method === 'bind') return this.#scanBind(node, callee.expression)
      return isEmitMethod(method) ? this.#scanEmit({ node, method }, callee.expression, comments) : NONE
    }
    if (!ts.isElementAccessExpression(callee)) return NONE
    return this.#scanElementCall(node, callee, comments)
  }

  /** `logger['info'](...)`, and `logger[level](...)` for a few levels. */
  #scanElementCall(
    node: ts.CallExpression,
    callee: ts.ElementAccessExpression,
    comments: DocgenComments,
  ): Outcome {
    const index = callee.argumentExpression
    if (ts.isNumericLiteral(index)) return NONE
    if (ts.isStringLiteralLike(index)) {
      const method = index.text
      return isEmitMethod(method) ? this.#scanEmit({ node, method }, callee.expression, comments) : NONE
    }
    if (!this.#loggers.isLogger(callee.expression)) return NONE
    const methods = this.#values.stringsOf(index)
    const levels = methods?.flatMap((method) =>
      isEmitMethod(method) && method !== 'log' ? [canonicalLevel(method) ?? []].flat() : [],
    )
    if (levels === undefined || levels.length === 0 || levels.length === 6)
      return { emissions: [], problems: [findings.unknownLevel(callText(node))] }
    return this.#scanEmit({ node, method: 'info', levels }, callee.expression, comments)
  }

  #scanEmit(call: EmitCall, receiver: ts.Expression, comments: DocgenComments): Outcome {
    if (this.#loggers.isAny(receiver)) {
      const isLost = isLogShaped(call.method, call.node.arguments) && !this.#foreign.has(receiver)
      return isLost ? { emissions: [], problems: [findings.untypedReceiver(callText(call.node))] } : NONE
    }
    if (!this.#loggers.isLogger(receiver)) return NONE
    const read = this.#emissions.read(call, this.#origins.of(receiver), comments)
    return { emissions: read.emissions, problems: read.findings }
  }

  /** What is wrong with bound attributes is told where they are bound, not at each line that has them. */
  #scanBind(node: ts.CallExpression, receiver: ts.Expression): Outcome {
    const [attrs] = node.arguments
    if (attrs === undefined || attrs.kind === ts.SyntaxKind.ThisKeyword) return NONE
    if (!this.#loggers.isLogger(receiver)) return NONE
    const { isOpen, reserved } = written(this.#attributes.read(attrs))
    const problems: Finding[] = []
    if (isOpen) problems.push(findings.openAttributes(callText(node)))
    if (reserved.length > 0) problems.push(findings.reservedKeys(callText(node), reserved))
    return { emissions: [], problems }
  }

  /** A method that is taken off its logger: as a value, or by destructuring. */
  #scanDetached(node: ts.Node): Outcome {
    if (ts.isPropertyAccessExpression(node)) {
      if (!isEmitMethod(node.name.text) || isCalled(node) || !this.#loggers.isLogger(node.expression))
        return NONE
      return { emissions: [], problems: [findings.detachedMethod(callText(node))] }
    }
    if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return NONE
    const name = node.propertyName ?? node.name
    if (!isEmitName(name) || this.#loggers.view(this.engine.typeOf(node.parent)).loggers.length === 0)
      return NONE
    return { emissions: [], problems: [findings.detachedMethod(name.text)] }
  }
}

interface Outcome {
  readonly emissions: readonly Emission[]
  readonly problems: readonly Finding[]
}

const NONE: Outcome = { emissions: [], problems: [] }

function skipOuter(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)
    ? skipOuter(node.expression)
    : node
}

/** Ways to have a function called later. */
const FUNCTION_METHODS: ReadonlySet<string> = new Set(['apply', 'bind', 'call'])

/** Whether a member is called where it stands, or is only looked at or into. */
function isCalled(node: ts.Expression): boolean {
  const { parent } = node
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) return isCalled(parent)
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node && !FUNCTION_METHODS.has(parent.name.text)
  }
  return (ts.isCallExpression(parent) && parent.expression === node) || ts.isTypeOfExpression(parent)
}
