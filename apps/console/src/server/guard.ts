import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.js'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Longer addresses are nobody's: the longest filter fits well. */
const MAX_URL = 8192

export interface GuardOptions {
  readonly port: number
  /** Names and addresses, besides those of loopback, by which the server may be called on its port. */
  readonly hosts: readonly string[]
  /** Names that may be called on any port; `name:port` on that one alone. */
  readonly allowedHosts: readonly string[]
}

export type Guard = (request: IncomingMessage) => void

/**
 * Refuses what a web page of somebody else can make a browser send: the server has no password, so that it is asked for
 * by a name of this machine, and by its own page or no page at all, is what protects it.
 *
 * @throws Refusal
 */
export function createGuard({ port, hosts, allowedHosts }: GuardOptions): Guard {
  const names = [...LOOPBACK, ...hosts.map(bracketed)].map((name) => name.toLowerCase())
  const onPort = new Set(names.map((name) => `${name}:${port}`))
  // Browsers leave the port of the scheme out.
  if (port === 80) for (const name of names) onPort.add(name)
  const anyPort = new Set(allowedHosts.map((name) => bracketed(name).toLowerCase()))

  return ({ headers, headersDistinct, method, url = '' }) => {
    const host = headers.host?.toLowerCase() ?? ''
    if (headersDistinct['host']?.length !== 1) throw new Refusal(400, 'A request has one Host header.')
    if (!onPort.has(host) && !anyPort.has(host) && !anyPort.has(host.replace(/:\d+$/, ''))) {
      throw new Refusal(403, 'The Host header names no address of this console; --allow-host adds one.')
    }
    const { origin } = headers
    if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) {
      throw new Refusal(403, 'The request comes from a page of another origin.')
    }
    const site = headers['sec-fetch-site']
    if ((site === 'cross-site' || site === 'same-site') && !isFollowedLink(method, url, headers)) {
      throw new Refusal(403, 'The request comes from a page of another site.')
    }
    if (url.length > MAX_URL) throw new Refusal(414, `The address is longer than ${MAX_URL} characters.`)
    if (!url.startsWith('/')) throw new Refusal(400, 'The address is no path.')
  }
}

/** A link to a page of the console, clicked in a chat or in an issue, loads nothing but that page. */
function isFollowedLink(
  method: string | undefined,
  url: string,
  headers: IncomingMessage['headers'],
): boolean {
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isNavigation && method === 'GET' && !/^\/(?:api|v1)(?:[/?]|$)/i.test(url)
}

/** An IPv6 address stands in brackets in a Host header. */
function bracketed(name: string): string {
  return /^[^[\]]*:[^[\]]*:/.test(name) ? `[${name}]` : name
}
