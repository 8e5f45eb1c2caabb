import { urlPath } from '@throughline/core/binding'
import { member, type PosthogUser, readUser } from '../user/user.js'

/** What is taken off a request; of Express, Fastify, Node, or an object made by hand. */
export interface RequestFacts {
  /** Without the query (P4). */
  readonly path?: string
  readonly method?: string
  readonly user?: PosthogUser
  /** The browser's session, which a replay is found by. */
  readonly sessionId?: string
}

/** Who a request is from, where `request.user` does not say. May throw; then nobody is known. */
export type UserReader = (request: unknown) => unknown

const LONGEST_PATH = 2_048
const LONGEST_METHOD = 32
/** What posthog-js makes, an UUID; anybody may send the header. */
const SESSION_ID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

/** Reads a request that may be anything. Never throws. */
export function readRequest(request: unknown, userOf?: UserReader): RequestFacts {
  if (typeof request !== 'object' || request === null) return {}
  const url = member(request, 'originalUrl') ?? member(request, 'url') ?? member(request, 'path')
  const method = member(request, 'method')
  const user = requestUser(request, userOf)
  const sessionId = sessionIdOf(request)
  return {
    ...(typeof url === 'string' && { path: urlPath(url.slice(0, LONGEST_PATH)) }),
    ...(typeof method === 'string' && { method: method.slice(0, LONGEST_METHOD) }),
    ...(user !== undefined && { user }),
    ...(sessionId !== undefined && { sessionId }),
  }
}

/** Who a request is from: what the reader says, else `request.user`. Never throws. */
export function requestUser(request: unknown, userOf?: UserReader): PosthogUser | undefined {
  if (typeof request !== 'object' || request === null) return undefined
  try {
    if (userOf !== undefined) return readUser(userOf(request))
  } catch {
    return undefined
  }
  const raw = member(request, 'raw')
  // Express-style middleware on Fastify sets it on the raw request.
  const below = typeof raw === 'object' && raw !== null ? member(raw, 'user') : undefined
  return readUser(member(request, 'user') ?? below)
}

function sessionIdOf(request: object): string | undefined {
  const headers = member(request, 'headers')
  if (typeof headers !== 'object' || headers === null) return undefined
  const given = member(headers, 'x-posthog-session-id')
  return typeof given === 'string' && SESSION_ID.test(given) ? given : undefined
}
