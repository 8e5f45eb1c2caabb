import type { CatalogueWarning } from '../catalogue.js'
import { compareLocations, compareText } from '../location.js'

/** Warnings each once, by place, code and text. */
export function sortWarnings(warnings: readonly CatalogueWarning[]): CatalogueWarning[] {
  const unique = new Map(warnings.map((warning) => [warningKey(warning), warning]))
  return [...unique.values()].toSorted(
    (a, b) =>
      compareLocations(a.at, b.at) || compareText(a.code, b.code) || compareText(a.message, b.message),
  )
}

function warningKey({ code, at, message }: CatalogueWarning): string {
  return JSON.stringify([code, at, message])
}
