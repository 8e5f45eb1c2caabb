import { CommanderError } from 'commander'
import { CommandError } from './command-error.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { reportDefect } from './defect.js'
import { createProgram } from './program.js'
import { runEvents } from './run-events.js'
import type { Scanner } from './scanner.js'
import { oneLine, type Terminal } from './terminal.js'

/** What the command is made of, besides its arguments. */
export interface CommandParts {
  readonly version: string
  readonly terminal: Terminal
  readonly loadScanner: () => Promise<Scanner>
}

/** Runs the command; whatever happens is said on the terminal and in the exit code. Never rejects. */
export async function run(args: readonly string[], parts: CommandParts): Promise<ExitCode> {
  const { version, terminal, loadScanner } = parts
  let code: ExitCode = EXIT.fine
  const program = createProgram(version, terminal, async (options) => {
    code = await runEvents(options, terminal, loadScanner)
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return isAnswer(error) ? EXIT.fine : EXIT.unable
    if (error instanceof CommandError) terminal.stderr.write(`error: ${oneLine(error.message)}\n`)
    else reportDefect(error, args, version, terminal.stderr)
    return EXIT.unable
  }
}

/** Help and version that were asked for; `throughline` alone shows help too, but did nothing. */
function isAnswer({ code, exitCode }: CommanderError): boolean {
  return exitCode === 0 && /^commander\.(?:helpDisplayed|help|version)$/.test(code)
}
