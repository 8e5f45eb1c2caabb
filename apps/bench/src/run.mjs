import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Child } from './child.mjs'
import { usedBetween } from './process-usage.mjs'

const LOAD = fileURLToPath(new URL('load/load.mjs', import.meta.url))

/**
 * Runs one variant once.
 *
 * @param {{ units: number, warmUp: number, atOnce?: number, samples?: number, services: object, overrides?: object }} size
 *   `atOnce` is how many connections, sockets or jobs there are at a time, `samples` how often the heap is looked at
 * @returns what it used, over how many units, and what it wrote to standard output where `output` is `pipe`
 */
export async function runVariant({ script, nodeArguments, env, output, server }, size) {
  const { units, warmUp, atOnce, services, overrides } = size
  const sizes = {
    BENCH_UNITS: String(units),
    BENCH_WARM_UP: String(warmUp),
    ...named('BENCH_AT_ONCE', atOnce),
  }
  const child = new Child(script, {
    nodeArguments,
    output,
    env: { ...services, ...env, ...overrides, ...sizes },
  })
  const written = drain(child.output)
  try {
    const result = server === undefined ? await child.next() : await underLoad(child, server, size)
    await child.end({ tell: server !== undefined })
    return { ...result, ...(await written) }
  } catch (error) {
    child.kill()
    throw error
  }
}

/** The usage of a server between two readings, with all that the load caused in between. */
async function underLoad(child, protocol, { units, warmUp, atOnce, samples = 0 }) {
  const { port } = await child.next()
  const env = { BENCH_LOAD: protocol, BENCH_PORT: String(port), ...named('BENCH_AT_ONCE', atOnce) }
  const load = new Child(LOAD, { env })
  const heap = []
  try {
    await load.ask(warmUp)
    const before = await child.ask('usage')
    const parts = Math.max(samples, 1)
    for (let part = 0; part < parts; part++) {
      const { failed } = await load.ask(units / parts)
      if (failed > 0) throw new Error(`${failed} of ${units / parts} requests failed`)
      if (samples > 0) heap.push((await child.ask('heap')).heap)
    }
    const after = await child.ask('usage')
    await load.end({ tell: true })
    return { used: usedBetween(before, after), units, heap }
  } catch (error) {
    load.kill()
    throw error
  }
}

function named(name, value) {
  return value === undefined ? {} : { [name]: String(value) }
}

/** A pipe is read as it fills; the beginning is kept for who wants to look at the lines. */
async function drain(stream) {
  const read = { written: 0, text: '' }
  if (stream === undefined) return read
  stream.on('data', (chunk) => {
    read.written += chunk.length
    if (read.text.length < 1_000_000) read.text += chunk
  })
  await once(stream, 'close')
  return read
}
