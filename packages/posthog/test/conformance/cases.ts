import { readFileSync } from 'node:fs'

/** One case of the shared file; what `input` and `expected` hold depends on the group. */
export interface Case {
  readonly id: string
  readonly group: string
  readonly env: Readonly<Record<string, string>>
  readonly input: object
  readonly expected: object
}

const { cases } = JSON.parse(readFileSync(new URL('posthog.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}

/** The groups that the suites beside this file go through. */
export const GROUPS = [
  'client',
  'environment',
  'exception',
  'flags',
  'ai',
  'user-block',
  'snippet',
  'inject',
  'debug-throw',
  'cli',
] as const

/** The cases of one group, with their ids in front, for `it.each`. */
export function conformance(group: (typeof GROUPS)[number]): [string, Case][] {
  return cases.filter((one) => one.group === group).map((one) => [one.id, one])
}

/** Every case there is. */
export const CASES: readonly Case[] = cases
