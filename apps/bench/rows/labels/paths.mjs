import { measure } from '../../src/variant.mjs'

/** The routes of the application: what a router knows, in place of a table of resources. */
export const ROUTES = [
  '/api/tournaments',
  '/api/tournaments/:tournament',
  '/api/tournaments/:tournament/drafts',
  '/api/tournaments/:tournament/drafts/:draft',
  '/api/tournaments/:tournament/standings',
  '/api/drafts/:draft',
  '/api/drafts/:draft/picks',
  '/api/drafts/:draft/picks/:pick',
  '/api/leagues/:league',
  '/api/leagues/:league/standings',
  '/api/categories/:category',
  '/ws/drafts/:draft',
]

/** Paths and what is read off them. */
export const PATHS = {
  '/api/tournaments': { labels: ['tournament'] },
  '/api/tournaments/5': { labels: ['tournament'], 'tournament.id': 5 },
  '/api/tournaments/5/drafts/12': { labels: ['tournament', 'draft'], 'tournament.id': 5, 'draft.id': 12 },
  '/api/tournaments/5/standings': { labels: ['tournament', 'standings'], 'tournament.id': 5 },
  '/api/drafts/12': { labels: ['draft'], 'draft.id': 12 },
  '/api/drafts/12/picks/3': { labels: ['draft', 'pick'], 'draft.id': 12, 'pick.id': 3 },
  '/api/leagues/11/standings': { labels: ['league', 'standings'], 'league.id': 11 },
  '/api/categories/young-heroes': { labels: ['category'], 'category.id': 'young-heroes' },
  '/ws/drafts/12': { labels: ['draft'], 'draft.id': 12 },
  '/health': {},
}

const LABELS = {
  tournaments: 'tournament',
  drafts: 'draft',
  picks: 'pick',
  leagues: 'league',
  categories: 'category',
  standings: 'standings',
}

/** What one would write to have labels from a matched route: its labels are known ahead, its ids are read. */
export function readerOf(route) {
  const labels = route.split('/').flatMap((segment) => LABELS[segment] ?? [])
  return (params) => {
    const found = { labels: [...labels] }
    for (const name in params) {
      const text = params[name]
      found[`${name}.id`] = /^\d+$/.test(text) ? Number(text) : text
    }
    return found
  }
}

/** Measures `read(path)`, then prints what it gives. */
export async function measureReading(read) {
  const paths = Object.keys(PATHS)
  let found = 0
  await measure((times) => {
    for (let i = 0; i < times; i++) if (read(paths[i % paths.length]).labels !== undefined) found++
  })
  for (const path of paths) console.log(JSON.stringify({ path, found: read(path) }))
}
