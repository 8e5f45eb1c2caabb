import { readFileSync } from 'node:fs'

interface Conformance {
  id: string
  group: string
  env: Record<string, string>
  input: Record<string, string | null>
  expected: Record<string, string | boolean | null>
}

const { cases } = JSON.parse(readFileSync(new URL('http.json', import.meta.url), 'utf8')) as {
  cases: Conformance[]
}

/** The cases of one group, under their ids. */
export function conformance(group: string): Conformance[] {
  return cases.filter((one) => one.group === group)
}
