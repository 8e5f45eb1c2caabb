import type { CatalogueEvent } from '../catalogue.js'
import { rankOf } from '../levels.js'
import { compareLocations, compareText, parseLocation } from '../location.js'
import type { RenderOptions } from './options.js'

/** Locations as they are shown: without lines each path once. */
export function shownLocations({ locations }: CatalogueEvent, { lines = true }: RenderOptions): string[] {
  const shown = lines ? locations : locations.map((location) => parseLocation(location).path)
  return [...new Set(shown)].toSorted(compareLocations)
}

/** Attributes with their kinds, sorted by key. */
export function shownAttributes({ attributes }: CatalogueEvent): [string, string][] {
  return Object.entries(attributes).toSorted(([a], [b]) => compareText(a, b))
}

/** Whether an event is below the level from which on records are exported (C13). */
export function isInvisible({ level }: CatalogueEvent, { minLevel }: RenderOptions): boolean {
  return minLevel !== undefined && rankOf(level) < rankOf(minLevel)
}
