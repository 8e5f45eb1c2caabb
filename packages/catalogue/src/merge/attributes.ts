import type { CatalogueEvent } from '../catalogue.js'
import { formatKinds, type Kinds, parseKinds } from '../kinds.js'
import { compareText } from '../location.js'

/** The kinds of one attribute at one place. */
export interface KindsAtSite {
  readonly site: CatalogueEvent
  readonly kinds: Kinds
}

/** The sites that have each attribute, in the order of the sites; attributes sorted by key. */
export function attributeSites(sites: readonly CatalogueEvent[]): Map<string, KindsAtSite[]> {
  const found = new Map<string, KindsAtSite[]>()
  for (const site of sites) {
    for (const [key, text] of Object.entries(site.attributes)) {
      const kinds = parseKinds(text) ?? { names: ['unknown'], optional: false }
      const before = found.get(key)
      if (before === undefined) found.set(key, [{ site, kinds }])
      else before.push({ site, kinds })
    }
  }
  return new Map([...found].toSorted(([a], [b]) => compareText(a, b)))
}

/** Union of the attributes of all sites; one that a site lacks is optional. */
export function unionAttributes(
  sites: readonly CatalogueEvent[],
  found: ReadonlyMap<string, readonly KindsAtSite[]>,
): Record<string, string> {
  return Object.fromEntries(
    [...found].map(([key, having]) => [
      key,
      formatKinds({
        names: having.flatMap(({ kinds }) => kinds.names),
        optional: having.length < sites.length || having.some(({ kinds }) => kinds.optional),
      }),
    ]),
  )
}
