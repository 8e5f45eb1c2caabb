import { fileURLToPath } from 'node:url'
import picomatch from 'picomatch'
import { fs } from '../builtins.js'

/** Which events are exported, and what of the list could not be used. */
export interface EventFilter {
  readonly accepts: (eventName: string) => boolean
  readonly problems: readonly EventFilterProblem[]
}

export interface EventFilterProblem {
  readonly value: string
  readonly message: string
}

/** Names beyond this many are matched anew each time: names made from data must not grow the table. */
const MOST_NAMES = 2_000

/**
 * Builds the test of `LOG_EXPORT_EVENTS` over full event names (R7.13).
 *
 * A `*` stands for any characters, dots included: `draft.*` takes `draft.pick_made` and `draft.pick.made`. An item that
 * begins with `./`, `../`, `/` or `file:` names a file with one name or glob a line; `#` begins a comment. A file that
 * cannot be read adds nothing: what leaves the process is what was asked for.
 *
 * @example
 * createEventFilter(['draft.*', 'billing.paid']).accepts('draft.pick_made') // true
 */
export function createEventFilter(list: readonly string[]): EventFilter {
  const problems: EventFilterProblem[] = []
  const globs = list.flatMap((item) => (isFile(item) ? readGlobs(item, problems) : [item]))
  if (globs.includes('*')) return { accepts: () => true, problems }
  const matchers = globs.flatMap((glob) => {
    try {
      // As in bash, `*` takes slashes too: events are names, not paths.
      return [picomatch(glob, { bash: true, dot: true, nonegate: true })]
    } catch (error) {
      problems.push({ value: glob, message: `is not a glob: ${(error as Error).message}; ignored` })
      return []
    }
  })
  const matches = (name: string): boolean => matchers.some((matcher) => matcher(name))
  return { accepts: remembered(matches), problems }
}

function isFile(item: string): boolean {
  return /^(?:\.{0,2}\/|file:)/.test(item)
}

function readGlobs(item: string, problems: EventFilterProblem[]): string[] {
  try {
    return fs
      .readFileSync(item.startsWith('file:') ? fileURLToPath(item) : item, 'utf8')
      .replace(/^\uFEFF/, '')
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line !== '')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    problems.push({ value: item, message: `cannot be read (${code ?? message}); it lets no event out` })
    return []
  }
}

function remembered(matches: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const answer = matches(name)
    if (known.size < MOST_NAMES) known.set(name, answer)
    return answer
  }
}
