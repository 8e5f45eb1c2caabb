import { type Ended, type Program, type ProgramOptions, runProgram, startProgram } from './child.js'

/** What a program of the tests begins with: counters of a product, and pauses. */
const PRELUDE = `
import { createUsageTelemetry, wrapCli } from '@throughline/usage'
import { setTimeout as sleep } from 'node:timers/promises'
const telemetry = createUsageTelemetry({
  prefix: 'acme', surface: 'sdk_node', version: '1.2.3', endpoint: process.env.ENDPOINT,
})
`

const ON: NodeJS.ProcessEnv = { ACME_TELEMETRY: 'on' }

/** Runs a program with the counters on, \`telemetry\` and \`sleep\` at hand. */
export function runProduct(url: string, source: string, options: ProgramOptions = {}): Promise<Ended> {
  return runProgram(PRELUDE + source, on(url, options))
}

export function startProduct(url: string, source: string, options: ProgramOptions = {}): Program {
  return startProgram(PRELUDE + source, on(url, options))
}

/** The same program twice: as users have it who have not opted in, and as those who have. */
export async function runOffAndOn(
  url: string,
  source: string,
  options: ProgramOptions = {},
): Promise<{ off: Ended; on: Ended; extraMs: number }> {
  const startedAt = performance.now()
  const off = await runProgram(PRELUDE + source, { ...options, env: { ENDPOINT: url, ...options.env } })
  const offMs = performance.now() - startedAt
  const ended = await runProduct(url, source, options)
  const extraMs = performance.now() - startedAt - 2 * offMs
  return { off, on: ended, extraMs }
}

function on(url: string, options: ProgramOptions): ProgramOptions {
  return { ...options, env: { ENDPOINT: url, ...ON, ...options.env } }
}
