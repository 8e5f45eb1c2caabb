/** To which hosts the context is sent, and what is sent to them. */
export type ContextSource = () => { hosts: readonly string[]; encode: () => string }

/** Where a request really goes, whatever its `Host` header says. */
export interface Target {
  hostname: string
  /** Undefined where it is not known: no pattern with a port matches then. */
  port: number | undefined
}

interface Pattern {
  readonly host: string
  readonly port: number | undefined
}

const NAME_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/

/**
 * Finds the value of `telemetry-context` for a request; undefined where none is sent (R3.4).
 *
 * Hosts are exact names (`api.example.com`, `::1`), with a port or for any (`api.example.com:8443`,
 * `[::1]:8443`), or all below a name (`*.example.com`, not `example.com` itself). The port of the scheme counts
 * where a URL has none.
 */
export function createContextHeader(source: ContextSource): (target: Target) => string | undefined {
  let current: readonly string[] = []
  let patterns: readonly Pattern[] = []
  return (target) => {
    const { hosts, encode } = source()
    if (!Array.isArray(hosts) || hosts.length === 0) return undefined
    if (hosts !== current) {
      current = hosts
      patterns = current.map((host) => parsePattern(String(host))).filter(({ host }) => host !== '')
    }
    const hostname = normalizeHost(target.hostname)
    return patterns.some((pattern) => matches(pattern, hostname, target.port))
      ? encode() || undefined
      : undefined
  }
}

function parsePattern(text: string): Pattern {
  const [, host = text, port] = NAME_AND_PORT.exec(text.trim()) ?? []
  return { host: normalizeHost(host), port: port === undefined ? undefined : Number(port) }
}

function matches({ host, port }: Pattern, hostname: string, actualPort: number | undefined): boolean {
  if (port !== undefined && port !== actualPort) return false
  return host.startsWith('*.')
    ? hostname.length > host.length - 1 && hostname.endsWith(host.slice(1))
    : host === hostname
}

/** Lower case, without the brackets of IPv6 and the root's dot. */
function normalizeHost(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$|\.$/g, '')
}

/** The port of a URL, by its scheme where it has none. */
export function portOf(protocol: string | undefined, port: string | number | undefined): number | undefined {
  if (port !== undefined && port !== '') return Number(port)
  if (protocol === 'https:') return 443
  return protocol === 'http:' ? 80 : undefined
}
