import type { LevelName } from '@throughline/core'

/** What the scanner finds at one place in the code, or the merge of all places of one event. */
export interface CatalogueEvent {
  /** The full name: domain, dot, event in snake case. */
  readonly name: string
  /** The level that reaches OpenTelemetry. */
  readonly level: LevelName
  /** Kinds by written key: `string`, `number`, `boolean`, a kind with `[]`, `json`, `unknown`, sorted and joined by ` | `; `?` at the end where not every place has it. */
  readonly attributes: Readonly<Record<string, string>>
  /** `path:line`, the path with slashes. */
  readonly locations: readonly string[]
}

export type WarningCode =
  | 'W001'
  | 'W002'
  | 'W003'
  | 'W004'
  | 'W005'
  | 'W006'
  | 'W007'
  | 'W008'
  | 'W009'
  | 'W010'
  | 'W011'
  | 'W012'
  | 'W013'

/** What a reader of the catalogue has to know: something at `at` could not be catalogued in full. */
export interface CatalogueWarning {
  readonly code: WarningCode
  /** `path:line`, or the path of a project that could not be loaded. */
  readonly at: string
  /** What is the matter, and how to mend it. */
  readonly message: string
}

/** Events and warnings: of a scan one event per place, of a merge one per name. */
export interface Catalogue {
  readonly events: readonly CatalogueEvent[]
  readonly warnings: readonly CatalogueWarning[]
}
