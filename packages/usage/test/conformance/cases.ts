import { readFileSync } from 'node:fs'

/** A case of usage.json: an environment, what a program calls, and what comes of it. */
export interface UsageCase {
  readonly id: string
  readonly env: Readonly<Record<string, string>>
  readonly calls: readonly (readonly [string, ...unknown[]])[]
  readonly expected: {
    readonly adds?: readonly (readonly [number, Record<string, string>])[]
    readonly records?: readonly (readonly [string, Record<string, string>])[]
    readonly adds_count?: number
    readonly records_count?: number
    readonly network?: number
    readonly otel_loaded?: boolean
    readonly open_handles?: number
    readonly throws?: boolean
    readonly rethrown?: boolean
    readonly counter?: 'throws'
    readonly otel_installed?: boolean
    readonly stderr?: string
    readonly exit_code?: number
    readonly exit_within_ms?: number
    readonly collector_points?: number
  }
}

const { cases } = JSON.parse(readFileSync(new URL('usage.json', import.meta.url), 'utf8')) as {
  cases: UsageCase[]
}

export const usageCases: readonly UsageCase[] = cases
