import { NO_SUBCOMMAND } from '../names.js'

/**
 * The command among the arguments, as its author knows it; never an argument (U7).
 *
 * The longest known command at the first word that begins one counts. Options before it are passed over, with their values;
 * a word that is neither ends the search, as `--` does.
 *
 * @example
 * readSubcommand(['--profile', 'prod', 'trace', 'ls', '--token', 'secret'], ['trace', 'trace ls']) // 'trace ls'
 * readSubcommand(['secret', 'trace'], ['trace']) // 'no_subcommand'
 */
export function readSubcommand(argv: readonly string[], commands: Iterable<string>): string {
  const known = new Set(commands)
  for (const [at, word] of argv.entries()) {
    if (word === '--') break
    if (word.startsWith('-')) continue
    const command = longestKnown(argv.slice(at), known)
    if (command !== undefined) return command
    const before = argv[at - 1]
    const isValueOfOption = before !== undefined && before.startsWith('-') && !before.includes('=')
    if (!isValueOfOption) break
  }
  return NO_SUBCOMMAND
}

function longestKnown(words: readonly string[], known: ReadonlySet<string>): string | undefined {
  const most = Math.max(0, ...[...known].map((command) => command.split(' ').length))
  for (let count = Math.min(most, words.length); count > 0; count--) {
    const command = words.slice(0, count).join(' ')
    if (known.has(command)) return command
  }
  return undefined
}
