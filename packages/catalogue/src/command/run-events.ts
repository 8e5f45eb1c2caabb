import type { CatalogueWarning } from '../catalogue.js'
import { mergeEvents } from '../merge/merge.js'
import { sortWarnings } from '../merge/sort-warnings.js'
import { prepareDelivery } from './deliver.js'
import { assertConsistent, type EventsOptions, projectFiles } from './events-options.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { createProgress } from './progress.js'
import type { Scanner } from './scanner.js'
import { count, oneLine, type Terminal } from './terminal.js'

/**
 * Scans, merges, and writes or compares: `throughline events`.
 *
 * @throws CommandError for options and files that cannot be used
 */
export async function runEvents(
  options: EventsOptions,
  terminal: Terminal,
  loadScanner: () => Promise<Scanner>,
): Promise<ExitCode> {
  assertConsistent(options, terminal.cwd)
  const deliver = prepareDelivery(options, terminal)
  const found = scanProjects(options, terminal, await loadScanner())
  const merged = mergeEvents(found.events)
  const warnings = sortWarnings([...found.warnings, ...merged.warnings])
  for (const warning of warnings) terminal.stderr.write(`${warningLine(warning)}\n`)
  if (!found.loaded) {
    terminal.stderr.write('a project could not be loaded, so nothing was written or compared\n')
    return EXIT.unable
  }
  const isDelivered = deliver({ events: merged.events, warnings })
  const isStrict = options.strict && warnings.length > 0
  if (isStrict) terminal.stderr.write('--strict allows no warning\n')
  const [events, all] = [count(merged.events.length, 'event'), count(warnings.length, 'warning')]
  terminal.stderr.write(`${events}, ${all} in ${count(found.files, 'file')}\n`)
  return isDelivered && !isStrict ? EXIT.fine : EXIT.refused
}

function scanProjects(options: EventsOptions, terminal: Terminal, scanner: Scanner): ReturnType<Scanner> {
  const progress = createProgress(terminal)
  try {
    return scanner({
      tsconfigs: projectFiles(options, terminal.cwd),
      cwd: terminal.cwd,
      include: options.include,
      exclude: options.exclude,
      onProgress: (done, total) => progress.update(done, total),
    })
  } finally {
    progress.clear()
  }
}

function warningLine({ at, code, message }: CatalogueWarning): string {
  return oneLine(`${at}: ${code} ${message}`)
}
