import type { Node as NativeNode } from 'typescript/unstable/ast'
import type * as Native from 'typescript/unstable/sync'
import type { Engine, Type } from '../../src/engine/engine.js'
import { ts } from '../../src/engine/typescript.js'
import { NativeTypes } from './native-type.js'
import { NodeMap } from './node-map.js'

/** The engine over the unstable API of TypeScript 7, to see that the scanner depends on no checker's habits. */
export function createNativeEngine(project: Native.Project, api: typeof Native): Engine {
  const { checker, program } = project
  const maps = new Map<string, NodeMap | undefined>()
  const mapOf = (name: string): NodeMap | undefined => {
    if (!maps.has(name)) maps.set(name, readMap(program, name))
    return maps.get(name)
  }
  const nativeOf = (node: ts.Node): NativeNode => {
    const found = mapOf(node.getSourceFile().fileName)?.nativeOf(node)
    if (found === undefined) throw new Error(`no counterpart of ${node.getText()}`)
    return found
  }
  const classicOf = (handle: Native.NodeHandle): readonly ts.Node[] => {
    const node = handle.resolve(project)
    const found = node && mapOf(node.getSourceFile().fileName)?.classicOf(node)
    return found === undefined ? [] : [found]
  }
  const types = new NativeTypes(checker, api, classicOf)
  const symbolOf = (name: ts.Node): Native.Symbol | undefined =>
    ts.isShorthandPropertyAssignment(name.parent)
      ? checker.getShorthandAssignmentValueSymbol(nativeOf(name.parent))
      : checker.getSymbolAtLocation(nativeOf(name))
  const typeOf = (node: ts.Node): Type => {
    const type = checker.getTypeAtLocation(nativeOf(node))
    if (type === undefined) throw new Error(`no type of ${node.getText()}`)
    return types.of(type)
  }
  return {
    files: program
      .getSourceFileNames()
      .filter((name) => !/\.d\.[cm]?ts$|\.json$/.test(name))
      .flatMap((name) => mapOf(name)?.file ?? []),
    typeOf,
    wideTypeOf: typeOf,
    declarationsOf(name) {
      const symbol = symbolOf(name)
      if (symbol === undefined) return []
      if ((symbol.flags & api.SymbolFlags.Alias) === 0) return symbol.declarations.flatMap(classicOf)
      const target = checker.getAliasedSymbol(symbol)
      return (checker.isUnknownSymbol(target) ? symbol : target).declarations.flatMap(classicOf)
    },
    calledDeclaration(call) {
      const handle = checker.getResolvedSignature(nativeOf(call))?.declaration
      return handle && classicOf(handle)[0]
    },
  }
}

function readMap(program: Native.Program, name: string): NodeMap | undefined {
  const native = program.getSourceFile(name)
  if (native === undefined) return undefined
  const classic = ts.createSourceFile(name, native.text, ts.ScriptTarget.ESNext, true)
  return new NodeMap(classic, native)
}
