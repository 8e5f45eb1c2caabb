import type { EventsOptions } from './events-options.js'

/** The command that makes anew what `--check` has compared, with the same options. */
export function mendingCommand(options: EventsOptions): string {
  const { tsconfigs, check, format, include, exclude, allowList, minLevel, link, lines } = options
  return [
    'npx throughline events',
    ...tsconfigs.map(quoted),
    ...flag('--out', check),
    ...flag('--format', format === 'markdown' ? undefined : format),
    ...include.flatMap((glob) => flag('--include', glob)),
    ...exclude.flatMap((glob) => flag('--exclude', glob)),
    ...flag('--allow-list', allowList),
    ...flag('--min-level', minLevel),
    ...flag('--link', link),
    ...(lines ? [] : ['--no-lines']),
  ].join(' ')
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${name} ${quoted(value)}`]
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
