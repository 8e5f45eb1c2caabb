const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Calls back before a signal ends the process, which it then does; returns the way to end that.
 *
 * Where somebody else listens for the signal too, that one decides what it does. Ours is called first and takes itself
 * away, for some count listeners to find out whether they are alone, and would otherwise leave the process running.
 *
 * @param onEnd must not throw
 */
export function listenForSignals(onEnd: (signal: NodeJS.Signals) => void): () => void {
  let ended = false
  const listener = (signal: NodeJS.Signals): void => {
    unlisten()
    if (process.listenerCount(signal) === 0) {
      onEnd(signal)
      process.kill(process.pid, signal)
    }
    // Still there: the other one has not ended the process, or it is the first of its container.
    setImmediate(listen)
  }
  const listen = (): void => {
    if (ended) return
    for (const signal of SIGNALS) process.prependListener(signal, listener)
  }
  const unlisten = (): void => {
    for (const signal of SIGNALS) process.off(signal, listener)
  }
  // Signals go to the main thread.
  if (process.getBuiltinModule('node:worker_threads').isMainThread) listen()
  else ended = true
  return () => {
    ended = true
    unlisten()
  }
}
