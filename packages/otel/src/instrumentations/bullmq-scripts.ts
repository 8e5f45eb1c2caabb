/** A script as ioredis keeps it for `defineCommand`. */
interface Script {
  readonly sha: string
}

interface Command {
  readonly name?: unknown
  readonly args?: readonly unknown[]
}

/** BullMQ defines its scripts with its own version behind the name: `addStandardJob:6.7.0`. */
const BULLMQ_NAME = /^[A-Za-z]+(?:-\d+)?:\d+\.\d+\.\d+/

/**
 * Makes the test for commands by which BullMQ does its housekeeping: they would be noise below a request or a job,
 * and mean nothing to who reads a trace. Known by their names, so that a connection shared with the application
 * keeps the spans of the application's own commands, scripts included.
 */
export function bullmqScripts(): (client: object, command: unknown) => boolean {
  const known = new Set<unknown>()
  return (client, command) => {
    const { name, args } = (command ?? {}) as Command
    if (name !== 'evalsha' && name !== 'eval') return false
    const sha = args?.[0]
    if (known.has(sha)) return true
    const scripts = (client as { scriptsSet?: Record<string, Script> }).scriptsSet ?? {}
    const found = Object.keys(scripts).some((key) => scripts[key]?.sha === sha && BULLMQ_NAME.test(key))
    if (found) known.add(sha)
    return found
  }
}
