import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { median } from './statistics.mjs'

const FILE = new URL('../results.json', import.meta.url)
const SIGNIFICANT_DIGITS = 4

/** The figures of each row's last run. */
export function readResults() {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {}
}

/** Puts what a row gave in place of its earlier figures; of the rounds of a variant the medians are kept. */
export function writeResults({ name, title, cpu, claims, figures }) {
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpus: os.cpus().length,
    model: os.cpus()[0]?.model ?? 'unknown',
  }
  const results = readResults()
  const medians = Object.entries(figures).map(([variant, rounds]) => [variant, mediansOf(rounds)])
  results[name] = { title, cpu, ...machine, claims, figures: Object.fromEntries(medians) }
  const sorted = Object.fromEntries(Object.entries(results).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(FILE, `${JSON.stringify(sorted, shorten, 2)}\n`)
}

/** Microseconds for a unit, peak memory in MiB, and the heap in MB by its place among the samples. */
function mediansOf(rounds) {
  const middle = (read) => median(rounds.map(read))
  const measures = ['user', 'system', 'cpu', 'wall', 'memory'].map((name) => [
    name,
    middle((round) => round[name]),
  ])
  const samples = (rounds[0].heap ?? []).map((_, at) => [String(at + 1), middle(({ heap }) => heap[at])])
  return { ...Object.fromEntries(measures), ...(samples.length > 0 && { heap: Object.fromEntries(samples) }) }
}

function shorten(key, value) {
  return typeof value === 'number' ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value
}
