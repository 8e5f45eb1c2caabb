import type { IdentifyMode, PosthogConfig } from '../config/config.js'
import { type PosthogUser, readId, readUser } from './user.js'

/** The id of everybody who is not known, and of everybody in mode `none`. */
export const ANONYMOUS = 'anonymous'

/** The id of what the application does on its own, such as a call to a model (P6). */
export const SYSTEM = 'system'

/** Whom a page says that it is for: the arguments of `posthog.identify()`. */
export interface UserBlock {
  readonly distinctId: string
  readonly props: { readonly email?: string; readonly name?: string }
}

/** Under which id an event goes: the caller's, else the user's; nobody's in mode `none` (P4). */
export function distinctIdOf(mode: IdentifyMode, given: unknown, user?: PosthogUser): string {
  if (mode === 'none') return ANONYMOUS
  return readId(given) ?? user?.id ?? ANONYMOUS
}

/** What of a user stands on the event itself, by the mode (P4). */
export function userProperties(mode: IdentifyMode, user: PosthogUser | undefined): Record<string, string> {
  if (mode === 'none' || user === undefined) return {}
  const { id, email, name } = visible(mode, user)
  return {
    user_id: id,
    ...(email !== undefined && { user_email: email }),
    ...(name !== undefined && { user_name: name }),
  }
}

/**
 * Whom a page may identify: undefined while PostHog is off, in mode `none`, and where nobody is logged in (P9).
 *
 * @param user as on `request.user`
 */
export function userBlock(config: PosthogConfig, user: unknown): UserBlock | undefined {
  const known = readUser(user)
  if (!config.enabled || config.identifyMode === 'none' || known === undefined) return undefined
  const { id, ...props } = visible(config.identifyMode, known)
  return { distinctId: id, props }
}

function visible(mode: IdentifyMode, { id, email, name }: PosthogUser): PosthogUser {
  return {
    id,
    ...(mode !== 'id' && email !== undefined && { email }),
    ...(mode === 'full' && name !== undefined && { name }),
  }
}
