import { type Candidate, type Test, testOf } from './terms.js'
import { tokensOf } from './tokens.js'

interface Term {
  readonly typed: string
  readonly test: Test
}

/** What was typed into the filter, as far as it was understood: all of its terms have to hold. */
export interface Filter {
  readonly terms: readonly Term[]
  readonly problems: readonly string[]
}

export function parseFilter(query: string, slowMs: number): Filter {
  const terms: Term[] = []
  const problems = new Set<string>()
  for (const token of tokensOf(query)) {
    const test = testOf(token, slowMs)
    if (typeof test === 'string') problems.add(test)
    else terms.push({ typed: token.typed, test: token.negative ? (candidate) => !test(candidate) : test })
  }
  return { terms, problems: [...problems] }
}

export function matches({ terms }: Filter, candidate: Candidate): boolean {
  return terms.every(({ test }) => test(candidate))
}

/** The first term without which something would match; asked only where nothing does. */
export function emptyBecause({ terms }: Filter, candidates: readonly Candidate[]): string | undefined {
  for (const term of terms) {
    const others = terms.filter((other) => other !== term)
    if (candidates.some((candidate) => others.every(({ test }) => test(candidate)))) return term.typed
  }
  return undefined
}
