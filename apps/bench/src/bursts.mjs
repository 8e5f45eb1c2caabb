/** Fewer than what exporters take at once, and than their queues hold. */
const BURST = 500

/** Calls `line` so many times; what has come together is sent before there is more of it than a queue holds. */
export async function inBursts(times, line, flush) {
  for (let at = 0; at < times; at += BURST) {
    for (let i = Math.min(BURST, times - at); i > 0; i--) line()
    await flush()
  }
}
