import { type Command, CommanderError } from 'commander'
import { printable } from './printable.js'

/** The service did not answer as it should. */
const FAILED = 1
/** The command line makes no sense; Commander has said why. */
const WRONG_USAGE = 2

/** Runs a command and sets the exit code; never exits by itself. */
export async function run(program: Command, args: string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE
    } else {
      console.error(`✗ ${printable(error instanceof Error ? error.message : String(error))}`)
      process.exitCode = FAILED
    }
  }
}
