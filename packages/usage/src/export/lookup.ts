import { lookup, promises } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** How long name servers may take. */
const BOUND_MS = 1_000

/** These mean that somebody answered. */
const ANSWERS: ReadonlySet<string | undefined> = new Set([
  'ENODATA',
  'ENOTFOUND',
  'EFORMERR',
  'ESERVFAIL',
  'ENOTIMP',
])

/**
 * The system's look-up, but only while the name servers answer.
 *
 * The system's own cannot be stopped, and holds a process that ends, by `process.exit` too, for as long as it waits for
 * a name server that is away: up to minutes. So one is asked first by a query that can be stopped. The address is that of the
 * system all the same: whoever has the name in a hosts file to keep it from being reached is obeyed.
 */
export const lookUp: LookupFunction = (hostname, options, callback) => {
  void lookUpIfAnswered(hostname, options, callback)
}

async function lookUpIfAnswered(...[hostname, options, callback]: Parameters<LookupFunction>): Promise<void> {
  try {
    if (await nameServersAnswer(hostname)) lookup(hostname, options, callback as never)
    else callback(new Error('no name server answers'), '')
  } catch {
    // The request ends by its timeout.
  }
}

/** Whether a name server says anything about the name, be it that there is none, within a second. Never rejects. */
export async function nameServersAnswer(
  hostname: string,
  resolver: Pick<promises.Resolver, 'resolve4' | 'cancel'> = new promises.Resolver({
    timeout: BOUND_MS,
    tries: 1,
  }),
): Promise<boolean> {
  // Known without a server.
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  const timer = setTimeout(() => resolver.cancel(), BOUND_MS)
  try {
    await resolver.resolve4(hostname)
    return true
  } catch (error) {
    return ANSWERS.has((error as NodeJS.ErrnoException).code)
  } finally {
    clearTimeout(timer)
  }
}
