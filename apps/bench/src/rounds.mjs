import { runVariant } from './run.mjs'

/**
 * Runs the variants in turn, round by round, so that a machine that slows down slows all of them.
 *
 * The order turns around with each round: who comes first has the cooler processor.
 *
 * @returns by variant, the figures of each round: microseconds for a unit, bytes and records of all units
 */
export async function runRounds(row, variants, { rounds, size, services, progress }) {
  const figures = Object.fromEntries(variants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? variants : variants.toReversed()
    for (const variant of order) {
      progress(`round ${round + 1} of ${rounds}: ${variant.name}`)
      const used = await runTimes(variant, { ...row[size], ...variant[size], services })
      row.verify?.(variant.name, used)
      figures[variant.name].push(used)
    }
  }
  return figures
}

/** Short runs, as those of a start, are made several times within a round and added up. */
async function runTimes(variant, { units = 1, warmUp = 0, runs = 1, services, ...size }) {
  const sum = { user: 0, system: 0, wall: 0, units: 0, memory: 0, written: 0 }
  let heap
  await services.received()
  for (let run = 0; run < runs; run++) {
    const result = await runVariant(variant, { ...size, units, warmUp, services: services.env })
    for (const name of ['user', 'system', 'wall']) sum[name] += result.used[name]
    sum.units += result.units
    sum.memory = Math.max(sum.memory, result.used.memory)
    sum.written += result.written
    heap = result.heap
  }
  const { units: all } = sum
  return {
    user: sum.user / all,
    system: sum.system / all,
    cpu: (sum.user + sum.system) / all,
    wall: (sum.wall * 1_000) / all,
    memory: sum.memory / 1_024,
    units: all,
    /** What was written and sent is of the units before the measurement too. */
    unitsWritten: all + warmUp * runs,
    written: sum.written,
    /** MB after garbage collection, of variants that tell. */
    heap,
    received: await services.received(),
  }
}
