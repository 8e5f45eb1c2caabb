import { addSink } from '@throughline/core/binding'
import type { Posthog } from '../posthog.js'

/**
 * Hands over what waits before the process ends, and returns what takes that back.
 *
 * With telemetry running that is part of its shutdown, on signals too (R1.9); a process that ends by itself is waited
 * for here, within the bound of `shutdown`.
 */
export function drainAtEnd(posthog: Pick<Posthog, 'flush' | 'shutdown'>): () => void {
  const removeSink = addSink({
    // It takes no record: it is only there to be drained.
    level: 'fatal',
    enabled: () => false,
    write: () => undefined,
    flush: () => posthog.flush(),
    shutdown: () => posthog.shutdown(),
  })
  const onBeforeExit = (): void => void posthog.shutdown()
  process.once('beforeExit', onBeforeExit)
  return () => {
    removeSink()
    process.off('beforeExit', onBeforeExit)
  }
}
