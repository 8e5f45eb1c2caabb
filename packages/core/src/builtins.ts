/**
 * Modules of Node that a start is not to wait for.
 *
 * An import of `fs` or `util` evaluates each of their getters, which loads half of Node; this loads them alone.
 * The others are loaded when they are first asked for: a process that listens nowhere needs no `net`.
 */
export const fs: typeof import('node:fs') = process.getBuiltinModule('node:fs')
export const util: typeof import('node:util') = process.getBuiltinModule('node:util')

export const crypto: () => typeof import('node:crypto') = once(() => process.getBuiltinModule('node:crypto'))
export const module: () => typeof import('node:module') = once(() => process.getBuiltinModule('node:module'))
export const net: () => typeof import('node:net') = once(() => process.getBuiltinModule('node:net'))
export const tty: () => typeof import('node:tty') = once(() => process.getBuiltinModule('node:tty'))

function once<Module>(load: () => Module): () => Module {
  let loaded: Module | undefined
  return () => (loaded ??= load())
}
