import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Ended, runProgram } from '../child.js'
import type { UsageCase } from './cases.js'

/** What a program of a case tells about itself. */
interface Told {
  /** Messages of what the calls threw. */
  readonly thrown: readonly string[]
  readonly otelLoaded: boolean
  /** Handles that were not there before. */
  readonly openHandles: number
}

export type CaseRun = Ended & { readonly told: Told; readonly tookMs: number }

const THROWING_COUNTER = `
  import sdk from '@opentelemetry/sdk-metrics'
  const getMeter = sdk.MeterProvider.prototype.getMeter
  sdk.MeterProvider.prototype.getMeter = function (...of) {
    const meter = getMeter.apply(this, of)
    return { createHistogram: (...how) => meter.createHistogram(...how), createCounter: () => ({ add() { throw new Error('counter') } }) }
  }`

const PROGRAM = `
  import { createRequire } from 'node:module'
  const { calls, specifier, endpoint } = JSON.parse(process.env.CASE)
  const { createUsageTelemetry, wrapCli } = await import(specifier)
  // The import has handles of its own for a moment.
  await new Promise((resolve) => setTimeout(resolve, 20))
  const before = process.getActiveResourcesInfo().length
  const telemetry = createUsageTelemetry({ prefix: 'acme', surface: 'sdk_node', version: '1.2.3', endpoint })
  class Client {
    constructor() {
      telemetry.event('sdk_node', 'init')
    }
  }
  const perform = {
    event: (...given) => telemetry.event(...given),
    timed: (surface, name) => telemetry.timed(surface, name, () => {}),
    timed_throws: (surface, name) => telemetry.timed(surface, name, () => { throw new Error('of the work') }),
    shutdown: () => telemetry.shutdown(),
    'new Client': () => new Client(),
    cli: (...argv) => wrapCli(telemetry, () => {}, { argv, commands: ['login', 'trace'] }),
  }
  const thrown = []
  for (const [name, ...given] of calls) {
    try {
      await perform[name](...given)
    } catch (error) {
      thrown.push(error.message)
    }
  }
  const openHandles = process.getActiveResourcesInfo().length - before
  process.once('exit', () => {
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    const otelLoaded = loaded.some((path) => path.includes('opentelemetry'))
    console.log(JSON.stringify({ thrown, otelLoaded, openHandles }))
  })`

/** Runs a case in a process of its own, against a collector. */
export async function runCase({ env, calls, expected }: UsageCase, collector: string): Promise<CaseRun> {
  const missing = expected.otel_installed === false
  const copy = missing ? copyWithoutDependencies() : undefined
  const specifier =
    copy === undefined ? '@throughline/usage' : pathToFileURL(join(copy, 'dist/index.js')).href
  const port = new URL(collector).port
  const ownEnv = Object.entries(env).map(([name, value]) => [name, value.replace('<collector>', port)])
  const startedAt = performance.now()
  const ended = await runProgram((expected.counter === 'throws' ? THROWING_COUNTER : '') + PROGRAM, {
    env: { ...Object.fromEntries(ownEnv), CASE: JSON.stringify({ calls, specifier, endpoint: collector }) },
  })
  const tookMs = performance.now() - startedAt
  if (copy !== undefined) rmSync(copy, { recursive: true })
  return { ...ended, told: JSON.parse(ended.stdout || '{}') as Told, tookMs }
}

/** The built package where nothing else is installed. */
function copyWithoutDependencies(): string {
  const source = fileURLToPath(new URL('../..', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'throughline-usage-'))
  cpSync(join(source, 'dist'), join(folder, 'dist'), { recursive: true })
  cpSync(join(source, 'package.json'), join(folder, 'package.json'))
  return folder
}
