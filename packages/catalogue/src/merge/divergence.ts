import type { CatalogueEvent, CatalogueWarning } from '../catalogue.js'
import type { KindsAtSite } from './attributes.js'

/** W006 for each site that logs an event at another level than its first one. */
export function divergingLevels(sites: readonly CatalogueEvent[]): CatalogueWarning[] {
  const [first] = sites
  if (first === undefined) return []
  return sites
    .filter(({ level }) => level !== first.level)
    .map((site) => ({
      code: 'W006',
      at: placeOf(site),
      message:
        `\`${site.name}\` is logged at ${site.level} here, but at ${first.level} ${placeFrom(site, first)}, which the ` +
        'catalogue takes. Log it at one level, or give one of them another name.',
    }))
}

/** W007 for each site that gives an attribute a kind which its first site does not know. */
export function conflictingKinds(key: string, having: readonly KindsAtSite[]): CatalogueWarning[] {
  // Nothing is known to conflict with what is unknown.
  const [first, ...others] = having.filter(({ kinds }) => known(kinds.names).length > 0)
  if (first === undefined) return []
  return others
    .filter(({ kinds }) => known(kinds.names).some((name) => !first.kinds.names.includes(name)))
    .map(({ site, kinds }) => ({
      code: 'W007',
      at: placeOf(site),
      message:
        `Attribute \`${key}\` of \`${site.name}\` is ${kinds.names.join(' | ')} here, but ` +
        `${first.kinds.names.join(' | ')} ${placeFrom(site, first.site)}. Backends refuse or split a field whose ` +
        'kind changes: give it one kind, or one of them another key.',
    }))
}

function known(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('unknown'))
}

/** The place of the first site as the other one calls it: one call may write at several levels. */
function placeFrom(site: CatalogueEvent, first: CatalogueEvent): string {
  return placeOf(site) === placeOf(first) ? 'too' : `at ${placeOf(first)}`
}

function placeOf(site: CatalogueEvent): string {
  return site.locations[0] ?? site.name
}
