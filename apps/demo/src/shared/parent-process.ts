/** What a process of the demo tells the one that started it. */
export interface Ready {
  /** Where it listens; the worker does not. */
  url?: string
}

// The process that started this one lets go of the channel to end it, and cannot help it when it is killed.
if (process.send !== undefined && !process.connected) process.exit()
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

/** Tells the process that started this one, if any did, that work can begin. */
export function tellReady(ready: Ready = {}): void {
  process.send?.(ready)
}
