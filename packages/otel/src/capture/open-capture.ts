import { type Collector, slot } from '@throughline/core/binding'
import { StandIn } from './stand-in.js'

/**
 * Tells a collector of spans and units until the returned function is called.
 *
 * While OpenTelemetry is off, the first capture makes spans by a provider of its own, all of them sampled, and the
 * last one takes it away again.
 */
export function openCapture(collector: Collector): () => void {
  slot.captures ??= new StandIn()
  return slot.captures.open(collector)
}
