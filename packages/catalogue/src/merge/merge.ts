import type { Catalogue, CatalogueEvent, CatalogueWarning } from '../catalogue.js'
import { rankOf } from '../levels.js'
import { compareLocations, compareText } from '../location.js'
import { attributeSites, unionAttributes } from './attributes.js'
import { conflictingKinds, divergingLevels } from './divergence.js'
import { sortWarnings } from './sort-warnings.js'

/**
 * Merges events by name: locations each once and in order, the level of the first of them, the union of attributes (C10).
 *
 * The order of the input never matters, and merging what is merged changes nothing. Warnings are those of the merge
 * alone: W006 for levels that diverge, W007 for kinds that conflict.
 *
 * @example
 * mergeEvents(scan({ tsconfigs: ['tsconfig.json'] }).events).events.map(({ name }) => name)
 */
export function mergeEvents(events: readonly CatalogueEvent[]): Catalogue {
  const merged = [...byName(events)].map(([name, sites]) => mergeSites(name, sites))
  return {
    events: merged.map(({ event }) => event),
    warnings: sortWarnings(merged.flatMap(({ warnings }) => warnings)),
  }
}

function byName(events: readonly CatalogueEvent[]): [string, CatalogueEvent[]][] {
  const groups = new Map<string, CatalogueEvent[]>()
  for (const event of events) {
    const group = groups.get(event.name)
    if (group === undefined) groups.set(event.name, [event])
    else group.push(event)
  }
  return [...groups].toSorted(([a], [b]) => compareText(a, b))
}

function mergeSites(
  name: string,
  unordered: readonly CatalogueEvent[],
): { event: CatalogueEvent; warnings: CatalogueWarning[] } {
  const sites = unordered.map(withSortedLocations).toSorted(compareSites)
  const found = attributeSites(sites)
  const event: CatalogueEvent = {
    name,
    level: sites[0]?.level ?? 'info',
    attributes: unionAttributes(sites, found),
    locations: sortedLocations(sites.flatMap(({ locations }) => locations)),
  }
  const conflicts = [...found].flatMap(([key, having]) => conflictingKinds(key, having))
  return { event, warnings: [...divergingLevels(sites), ...conflicts] }
}

function withSortedLocations(event: CatalogueEvent): CatalogueEvent {
  return { ...event, locations: sortedLocations(event.locations) }
}

function sortedLocations(locations: readonly string[]): string[] {
  return [...new Set(locations)].toSorted(compareLocations)
}

/** By the first location; where one place gives several, by what does not depend on who came first. */
function compareSites(a: CatalogueEvent, b: CatalogueEvent): number {
  return (
    compareLocations(a.locations[0] ?? '', b.locations[0] ?? '') ||
    // An event that is seen at one of its levels is not to be called invisible.
    rankOf(b.level) - rankOf(a.level) ||
    compareText(attributesText(a), attributesText(b))
  )
}

function attributesText({ attributes }: CatalogueEvent): string {
  return JSON.stringify(Object.entries(attributes).toSorted(([a], [b]) => compareText(a, b)))
}
