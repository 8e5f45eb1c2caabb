import type { CatalogueEvent, CatalogueWarning } from '../catalogue.js'
import { compareLocations, compareText } from '../location.js'

/** A place as a catalogue shows it. */
export function placed(path: string, line: number): string {
  return `${path}:${line}`
}

/** Order of events as they are found: by place, name and level. */
export function byPlaceAndName(one: CatalogueEvent, other: CatalogueEvent): number {
  return (
    compareLocations(one.locations[0] ?? '', other.locations[0] ?? '') ||
    compareText(one.name, other.name) ||
    compareText(one.level, other.level)
  )
}

/** Order of warnings: by place, code and message. */
export function byPlaceAndCode(one: CatalogueWarning, other: CatalogueWarning): number {
  return (
    compareLocations(one.at, other.at) ||
    compareText(one.code, other.code) ||
    compareText(one.message, other.message)
  )
}
