/**
 * Modules of Node that a start is not to wait for.
 *
 * An import of `http`, `fs` or `util` evaluates each of their getters, which loads half of Node, undici included; this
 * loads them alone. The last ones are loaded when they are first asked for.
 */
export const crypto: typeof import('node:crypto') = process.getBuiltinModule('node:crypto')
export const fs: typeof import('node:fs') = process.getBuiltinModule('node:fs')
export const http: typeof import('node:http') = process.getBuiltinModule('node:http')
export const module: typeof import('node:module') = process.getBuiltinModule('node:module')

export const https = (): typeof import('node:https') => process.getBuiltinModule('node:https')
export const util = (): typeof import('node:util') => process.getBuiltinModule('node:util')
export const zlib = (): typeof import('node:zlib') => process.getBuiltinModule('node:zlib')
