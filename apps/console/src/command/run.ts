import { CommanderError } from 'commander'
import { type Console, startConsole } from '../console.js'
import { ConsoleError, type ConsoleErrorCode } from '../errors.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { greeting } from './greeting.js'
import { openBrowser } from './open-browser.js'
import { createProgram, type CommandOptions } from './program.js'
import { oneLine, plainLines, type Terminal } from './terminal.js'

/** What is mended by other arguments. */
const USAGE: readonly ConsoleErrorCode[] = [
  'CONSOLE_NOT_A_STORE',
  'CONSOLE_STORE_UNUSABLE',
  'CONSOLE_BAD_CATALOGUE',
]

/** The console that runs now, or the code of an end. Never rejects. */
export async function run(
  args: readonly string[],
  { version, terminal }: { version: string; terminal: Terminal },
): Promise<Console | ExitCode> {
  const program = createProgram(version, terminal)
  const warn = (text: string) => void terminal.stderr.write(`warning: ${plainLines(text)}\n`)
  try {
    program.parse([...args], { from: 'user' })
    const { allowHost = [], open, ...options } = program.opts<CommandOptions>()
    const started = await startConsole({ ...options, allowHosts: allowHost, onWarning: warn })
    if (options.host !== undefined && !isLoopback(options.host)) {
      warn(
        `who reaches ${options.host} can read everything that is sent to this console; there is no password`,
      )
    }
    terminal.stdout.write(greeting(version, started, terminal))
    if (open) openBrowser(started.url, warn)
    return started
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage
    const message = error instanceof Error ? error.message : String(error)
    const isKnown = error instanceof ConsoleError
    terminal.stderr.write(`error: ${isKnown ? '' : 'a defect of the console itself: '}${oneLine(message)}\n`)
    return isKnown && USAGE.includes(error.code) ? EXIT.usage : EXIT.unable
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
