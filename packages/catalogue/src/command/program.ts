import { Command, Option } from 'commander'
import { LEVELS } from '../levels.js'
import { FORMATS } from '../render/options.js'
import { DEFAULT_TSCONFIG, type EventsOptions } from './events-options.js'
import { EVENTS_HELP } from './help.js'
import type { Terminal } from './terminal.js'

/** What commander makes of the options: those that are not given are not there. */
interface Given extends Omit<EventsOptions, 'tsconfigs' | 'strict' | 'include' | 'exclude'> {
  readonly strict?: boolean
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

/** The command line; it throws a `CommanderError` where commander would end the process. */
export function createProgram(
  version: string,
  { stdout, stderr }: Terminal,
  events: (options: EventsOptions) => Promise<void>,
): Command {
  const program = new Command('throughline')
    .description('Telemetry of a code base, read from its source.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this text')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .showHelpAfterError('(--help lists what there is)')
  program
    .command('events')
    .description('Writes the catalogue of every event that the code emits.')
    .version(version, '-v, --version', 'print the version')
    .argument('[tsconfig...]', `projects, their references included (default: ./${DEFAULT_TSCONFIG})`)
    .option('--out <file>', 'write the catalogue there instead of to standard output')
    .option('--check <file>', 'compare the catalogue with that file, and write nothing')
    .option('--strict', 'fail on any warning')
    .addOption(new Option('--format <form>', 'form of the catalogue').choices(FORMATS).default('markdown'))
    .option('--include <glob>', 'read these files too, tests for example; may be repeated', append)
    .option('--exclude <glob>', 'leave these files out; may be repeated', append)
    .option('--allow-list <file>', 'write the list for LOG_EXPORT_EVENTS there; with --check, compare it')
    .addOption(new Option('--min-level <level>', 'mark events below this level').choices(LEVELS))
    .option('--link <template>', 'link each location; {path} and {line} stand for its parts')
    .option('--no-lines', 'leave line numbers out')
    .addHelpText('after', EVENTS_HELP)
    .action((tsconfigs: string[], { strict = false, include = [], exclude = [], ...given }: Given) =>
      events({ ...given, tsconfigs, strict, include, exclude }),
    )
  return program
}

function append(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
