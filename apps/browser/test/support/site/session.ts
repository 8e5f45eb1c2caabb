/** Users by the session in their cookie: nothing of them but that is in the browser before a page says it. */
export type Users = Readonly<Record<string, object>>

export const SESSION_COOKIE = 'session'

/** Who a request is from, by its header `Cookie`. */
export function userOf(users: Users, cookie: string | undefined): object | undefined {
  const session = new RegExp(`(?:^|; )${SESSION_COOKIE}=([^;]*)`).exec(cookie ?? '')?.[1]
  return session === undefined ? undefined : users[session]
}
