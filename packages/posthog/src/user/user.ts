/** Somebody who is logged in. */
export interface PosthogUser {
  readonly id: string
  readonly email?: string
  readonly name?: string
}

/** Ids and names are no places for data. */
const LONGEST = 256

/**
 * A user as applications keep them on `request.user`: `id`, else `sub` or `pk`, with `email` and `name`.
 *
 * 0 is an id. Undefined where nobody is known, and for an object that does not let itself be read. Never throws.
 */
export function readUser(given: unknown): PosthogUser | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const id = readId(member(given, 'id') ?? member(given, 'sub') ?? member(given, 'pk'))
  if (id === undefined) return undefined
  const email = readText(member(given, 'email'))
  const name = readText(member(given, 'name'))
  return { id, ...(email !== undefined && { email }), ...(name !== undefined && { name }) }
}

/** An id as PostHog takes it, a string; undefined for what is none. */
export function readId(given: unknown): string | undefined {
  switch (typeof given) {
    case 'string':
      return readText(given)
    case 'number':
      return Number.isFinite(given) ? String(given) : undefined
    case 'bigint':
      return readText(given.toString())
    default:
      return undefined
  }
}

function readText(given: unknown): string | undefined {
  return typeof given === 'string' && given.trim() !== '' ? given.slice(0, LONGEST) : undefined
}

/** A member of something that may be a proxy or have getters. */
export function member(source: object, name: string): unknown {
  try {
    return (source as Record<string, unknown>)[name]
  } catch {
    return undefined
  }
}
