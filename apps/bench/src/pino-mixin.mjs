import { AsyncLocalStorage } from 'node:async_hooks'
import { requirePeer } from './peers.mjs'

export const context = new AsyncLocalStorage()

/**
 * pino with the context of the moment on each line.
 *
 * pino writes into what `mixin` returns, so it needs a copy: with the store itself, a line would have the fields of the
 * lines before it.
 */
export function pinoWithMixin({ mixin = () => ({ ...context.getStore() }), ...options } = {}) {
  return requirePeer('pino')({ mixin, ...options }, synchronousOutput())
}

/**
 * pino's destination in its cheaper form. The default one is asynchronous: where lines come faster than they are
 * written, as here, it takes the length of all that waits at each of them and costs about twice as much.
 */
export function synchronousOutput() {
  return requirePeer('pino').destination({ fd: 1, sync: true })
}
