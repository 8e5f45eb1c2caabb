import { fileURLToPath } from 'node:url'
import { Child } from './child.mjs'
import { usedBetween } from './process-usage.mjs'

const LOAD = fileURLToPath(new URL('load.mjs', import.meta.url))

/**
 * Runs one variant once.
 *
 * @returns what it used, over how many units, and the bytes it wrote to standard output where `output` is `pipe`
 */
export async function runVariant(
  { script, nodeArguments, env, output, server },
  { units, warmUp, services, overrides },
) {
  const child = new Child(script, {
    nodeArguments,
    output,
    env: { ...services, ...env, ...overrides, BENCH_UNITS: String(units), BENCH_WARM_UP: String(warmUp) },
  })
  const written = drain(child.output)
  try {
    const result = server ? await underLoad(child, units, warmUp) : await child.next()
    await child.end({ tell: server })
    return { ...result, written: written.bytes, text: written.text }
  } catch (error) {
    child.kill()
    throw error
  }
}

/** The usage of a server between two readings, with all that the load caused in between. */
async function underLoad(child, units, warmUp) {
  const { port } = await child.next()
  const load = new Child(LOAD, { env: { BENCH_PORT: String(port) } })
  try {
    await load.ask(warmUp)
    const before = await child.ask('usage')
    const { failed } = await load.ask(units)
    const after = await child.ask('usage')
    await load.end({ tell: true })
    if (failed > 0) throw new Error(`${failed} of ${units} requests failed`)
    return { used: usedBetween(before, after), units }
  } catch (error) {
    load.kill()
    throw error
  }
}

/** A pipe is read as it fills; the beginning is kept for who wants to look at the lines. */
function drain(stream) {
  const written = { bytes: 0, text: '' }
  stream?.on('data', (chunk) => {
    written.bytes += chunk.length
    if (written.text.length < 1_000_000) written.text += chunk
  })
  return written
}
