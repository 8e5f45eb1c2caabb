import { bare } from '../bare.js'
import { pipelineOf } from '../on-telemetry.js'
import type { UsageTelemetry } from '../usage-telemetry.js'
import { outcomeOf, Run } from './run.js'
import { readSubcommand } from './subcommand.js'

/** How a command-line tool is counted. */
export interface CliOptions {
  /**
   * The commands that there are, of one word or several: `['login', 'trace', 'trace ls']`; default none.
   *
   * Only these names ever leave; anything else on the command line is `no_subcommand` (U7).
   */
  readonly commands?: Iterable<string> | undefined
  /** Arguments without node and script; default `process.argv.slice(2)`. */
  readonly argv?: readonly string[] | undefined
  /** The surface that is counted; default `cli`. */
  readonly surface?: string | undefined
}

/**
 * Runs a command-line tool and counts one `cmd_run` with its subcommand (U7).
 *
 * Its duration in seconds has the outcome besides: `success`, `error` (it threw, rejected, or the exit code is not 0),
 * or `interrupted` by a signal. What was counted is sent before the result comes, or on `process.exit` and signals
 * before the process ends, within 2 s (U6). Results, errors, exit codes and signals are those of `main`.
 *
 * @returns what `main` gives; rejects with what it throws
 *
 * @example
 * await wrapCli(telemetry, () => program.parseAsync(), { commands: ['login', 'trace ls'] })
 */
export async function wrapCli<T>(
  telemetry: UsageTelemetry,
  main: () => T,
  options: CliOptions = {},
): Promise<Awaited<T>> {
  const run = startRun(telemetry, options)
  try {
    const result = await main()
    run?.finish(outcomeOf({ code: Number(process.exitCode ?? 0) }))
    return result
  } catch (error) {
    run?.finish('error')
    throw error
  } finally {
    await run?.sent()
  }
}

/** Undefined where the counters are off, or the options cannot be used. */
function startRun(telemetry: UsageTelemetry, options: CliOptions): Run | undefined {
  try {
    const pipeline = pipelineOf(telemetry)
    const { commands = [], argv = process.argv.slice(2), surface = 'cli' } = bare(options)
    return pipeline && new Run(pipeline, surface, readSubcommand(argv, commands))
  } catch {
    return undefined
  }
}
