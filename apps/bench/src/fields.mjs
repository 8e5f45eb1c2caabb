import assert from 'node:assert/strict'

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

/** Ids made ahead: to make them is no part of what is measured. */
const IDS = Array.from({ length: 1_000 }, (_, at) => `bench-${String(at).padStart(10, '0')}`)

/** A context of its own for each piece of work: what is kept per object must not look like what is kept for good. */
export function contextOf(at) {
  return { ...CONTEXT, 'request.id': IDS[at % IDS.length] }
}

/** Whether a line has all of the context and of its own. */
export function checkFields(line, own = OWN) {
  for (const [key, value] of Object.entries({ ...CONTEXT, ...own })) {
    if (key === 'request.id') assert.match(line[key], /^bench-\d{10}$/)
    else assert.equal(line[key], value, key)
  }
}
