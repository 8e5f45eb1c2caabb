const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * The first signal that wants this process to end; a second one ends it at once, as signals do.
 *
 * A reader that goes away (`| head`) counts as SIGPIPE, which Node does not let through.
 */
export function interruption(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const listeners = SIGNALS.map((signal) => {
      const listener = () => end(signal)
      process.on(signal, listener)
      return () => process.off(signal, listener)
    })
    const end = (signal: NodeJS.Signals) => {
      for (const remove of listeners) remove()
      resolve(signal)
    }
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => end('SIGPIPE'))
  })
}
