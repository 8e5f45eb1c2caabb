import { readFileSync } from 'node:fs'

/** Reads a file of conformance cases beside this one. */
export function readCases<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as T
}
