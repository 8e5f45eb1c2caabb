import { Command, InvalidArgumentError } from 'commander'
import type { ConsoleOptions } from '../console.js'
import type { Terminal } from './terminal.js'

export interface CommandOptions extends Omit<ConsoleOptions, 'allowHosts' | 'onWarning'> {
  readonly allowHost?: readonly string[]
  readonly open?: boolean
}

/** The command line; it throws a `CommanderError` where commander would end the process. */
export function createProgram(version: string, { stdout, stderr }: Terminal): Command {
  return new Command('throughline-console')
    .description('Receives OpenTelemetry over OTLP/HTTP and shows one page for each request.id.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this text')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .showHelpAfterError('(--help lists what there is)')
    .allowExcessArguments(false)
    .option(
      '--port <number>',
      'port of the receiver and the page; 0 is any free one',
      wholeNumber(0, 65_535),
      4318,
    )
    .option('--host <address>', 'listen on this address instead of loopback: who reaches it reads everything')
    .option('--allow-host <name>', 'a name that the console may be called by; may be repeated', list)
    .option('--db <file>', 'keep what arrives in this SQLite file (Node 22.13); in memory otherwise')
    .option('--max-records <number>', 'log records and spans to keep (100000)', wholeNumber(100, 10_000_000))
    .option('--max-memory <megabytes>', 'memory that they may take (256)', wholeNumber(8, 65_536))
    .option('--catalogue <file>', 'mark events that are not in this file of `throughline events`')
    .option('--open', 'open the page in the browser')
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : -1
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
  }
}

function list(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, text]
}
