import type { UserResolver } from '@throughline/core'

/** A request as the framework hands it to guards; Fastify's has the raw one below it. */
interface WithUser {
  user?: unknown
  raw?: { user?: unknown }
}

/**
 * Who the request is from: what the resolver says, else `id`, `sub` or `pk` of `request.user` (R4.1).
 *
 * 0 is an id. Undefined for an anonymous request and for a resolver or getter that throws.
 */
export function userIdOf(request: unknown, resolver: UserResolver | undefined): string | number | undefined {
  try {
    return scalarId(resolver === undefined ? idOf(request as WithUser) : resolver({ kind: 'http', request }))
  } catch {
    return undefined
  }
}

function idOf(request: WithUser): unknown {
  // Express-style middleware on Fastify sets it on the raw request.
  const user = (request.user ?? request.raw?.user) as Record<'id' | 'sub' | 'pk', unknown> | null | undefined
  return user?.id ?? user?.sub ?? user?.pk
}

function scalarId(id: unknown): string | number | undefined {
  switch (typeof id) {
    case 'string':
      return id === '' ? undefined : id
    case 'number':
      return Number.isFinite(id) ? id : undefined
    case 'bigint':
      return id.toString()
    default:
      return undefined
  }
}
