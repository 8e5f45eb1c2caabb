/** What the context has. */
export const CONTEXT = {
  'request.id': 'bench-0123456789',
  'user.id': 'user-42',
  'draft.id': 7,
  'league.id': 11,
  'client.name': 'web',
  'client.version': '4.2.0',
}

/** What the line adds. */
export const OWN = { 'hero.id': 42, 'pick.slot': 3, 'pick.auto': false }
