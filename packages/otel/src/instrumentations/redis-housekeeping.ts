/** What of an ioredis client is looked at. */
interface Client {
  /** Scripts of `defineCommand` by their names. */
  readonly scriptsSet?: Readonly<Record<string, { readonly sha: string }>>
}

interface Command {
  readonly name?: unknown
  readonly args?: readonly unknown[]
}

/** Commands about the connection, which ioredis sends by itself, after a reconnect in whatever context that has. */
const ABOUT_CONNECTION: ReadonlySet<unknown> = new Set([
  'auth',
  'client',
  'hello',
  'info',
  'readonly',
  'select',
])

/** BullMQ defines its scripts with its own version behind the name: `addStandardJob:6.7.0`. */
const BULLMQ_SCRIPT = /^[A-Za-z]+(?:-\d+)?:\d+\.\d+\.\d+/

/**
 * Makes the test for commands that would be noise in a trace: those about the connection, and the scripts by which
 * BullMQ works, with the transactions around them (R5.3).
 *
 * Scripts are known by their names, so that the application keeps the spans of its own, on a shared connection too.
 */
export function createHousekeepingCheck(): (client: object, command: unknown) => boolean {
  const bullmqs = new Set<unknown>()
  return (client, command) => {
    const { name, args } = (command ?? {}) as Command
    if (name === 'evalsha' || name === 'eval') {
      const sha = args?.[0]
      if (!bullmqs.has(sha) && hasBullmqScript(client, sha)) bullmqs.add(sha)
      return bullmqs.has(sha)
    }
    if (name === 'multi' || name === 'exec') return hasBullmqScript(client)
    return ABOUT_CONNECTION.has(name)
  }
}

/** Whether BullMQ has defined that script on the client, or any. */
function hasBullmqScript({ scriptsSet = {} }: Client, sha?: unknown): boolean {
  return Object.keys(scriptsSet).some(
    (name) => (sha === undefined || scriptsSet[name]?.sha === sha) && BULLMQ_SCRIPT.test(name),
  )
}
