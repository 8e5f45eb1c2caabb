import type { Node as NativeNode, SourceFile as NativeFile } from 'typescript/unstable/ast'
import { ts } from '../../src/engine/typescript.js'

/** Nodes that start and end alike, from the outermost: an expression, its statement, and so on. */
type Places<N> = ReadonlyMap<string, readonly N[]>

/** Finds the node of one tree that stands where a node of the other does. */
export class NodeMap {
  readonly #classic: Places<ts.Node>
  readonly #native: Places<NativeNode>

  constructor(
    readonly file: ts.SourceFile,
    readonly nativeFile: NativeFile,
  ) {
    this.#classic = placesOf<ts.Node>(file, (node, visit) => ts.forEachChild(node, visit))
    this.#native = placesOf<NativeNode>(nativeFile, (node, visit) => {
      node.forEachChild(visit)
    })
  }

  nativeOf(node: ts.Node): NativeNode | undefined {
    if (ts.isSourceFile(node)) return this.nativeFile
    return counterpart(node, this.#classic, this.#native)
  }

  classicOf(node: NativeNode): ts.Node | undefined {
    return node === this.nativeFile ? this.file : counterpart(node, this.#native, this.#classic)
  }
}

function counterpart<N extends object, M>(
  node: N & { pos: number; end: number },
  own: Places<N>,
  others: Places<M>,
): M | undefined {
  const key = `${node.pos}:${node.end}`
  return others.get(key)?.[own.get(key)?.indexOf(node) ?? -1]
}

function placesOf<N extends { readonly pos: number; readonly end: number }>(
  file: N,
  forEachChild: (node: N, visit: (child: N) => void) => void,
): Places<N> {
  const places = new Map<string, N[]>()
  const visit = (node: N): void => {
    const key = `${node.pos}:${node.end}`
    const known = places.get(key)
    if (known === undefined) places.set(key, [node])
    else known.push(node)
    forEachChild(node, visit)
  }
  forEachChild(file, visit)
  return places
}
