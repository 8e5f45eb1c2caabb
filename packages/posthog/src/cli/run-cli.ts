import { inspect } from 'node:util'
import { currentPosthog } from '../client/get-posthog.js'
import type { PosthogOptions } from '../posthog.js'
import { exitCodeOf } from './exit.js'

/** What is known of a command. */
export interface CliOptions extends PosthogOptions {
  /** Its name, for the property `command`; never its arguments. */
  command?: string | undefined
}

/**
 * Runs a command line program: an error that nobody caught is captured, what waits is sent within 2 s, and the process
 * ends with 1, as it would have without (P11).
 *
 * Exits are no errors: `process.exit(3)` stays 3, and so do those of Commander and oclif; Ctrl-C is not touched. With
 * PostHog off it does the same, without capturing.
 *
 * @example
 * await runCli(() => program.parseAsync(), { command: 'query' })
 */
export async function runCli(main: () => unknown, options: CliOptions = {}): Promise<void> {
  const { command, ...posthogOptions } = options
  const posthog = currentPosthog(posthogOptions)
  posthog.extend({ component: 'cli', ...(command !== undefined && { command }) })

  let ending: Promise<never> | undefined
  function end(error: unknown): Promise<never> {
    return (ending ??= endBy(error))
  }
  async function endBy(error: unknown): Promise<never> {
    const code = exitCodeOf(error)
    if (code === undefined) {
      process.stderr.write(`${describe(error)}\n`)
      posthog.captureException(error)
    }
    await posthog.shutdown()
    return process.exit(code ?? 1)
  }
  const onUncaught = (error: unknown): void => {
    // The application has a say of its own.
    if (process.listenerCount('uncaughtException') > 1) posthog.captureException(error)
    else void end(error)
  }

  if (posthog.enabled) process.on('uncaughtException', onUncaught)
  try {
    await main()
  } catch (error) {
    await end(error)
  }
  await posthog.flush()
}

/** As Node prints it. */
function describe(error: unknown): string {
  try {
    return inspect(error)
  } catch {
    return 'the thrown value cannot be shown'
  }
}
