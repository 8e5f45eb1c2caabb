import { type Value } from '../../shared/api.js'
import { numberOf, stringOf } from '../record/value.js'

type AttributeMap = ReadonlyMap<string, Value>

const METHOD = /^[A-Z]{1,20}$/
const HOST = /^(?:\w[\w.-]{0,252}(?::\d{1,5})?|[\da-f:.]{2,45}|\[[\da-f:.]{2,45}\](?::\d{1,5})?)$/i
const SECRET = /token|secret|key|pass|auth|sig|session|code|jwt|credential/i

/**
 * `curl` that sends a request again: without its headers and its body, which are not known, and its X-Request-ID, which
 * would make two requests one. Undefined for an upgrade, which curl cannot do, and where the host is not known.
 */
export function curlOf(attributes: AttributeMap, statusCode: number | undefined): string | undefined {
  const text = (...keys: readonly string[]) => stringOf(keys.map((key) => attributes.get(key)).find(isGiven))
  const method = text('http.request.method', 'http.method')
  if (method === undefined || !METHOD.test(method) || statusCode === 101) return undefined
  const url = urlOf(
    text,
    numberOf(attributes.get('server.address') === undefined ? undefined : attributes.get('server.port')),
  )
  if (url === undefined) return undefined
  const flag = method === 'GET' ? '' : method === 'HEAD' ? '--head ' : `-X ${method} `
  return `curl ${flag}'${url}'`
}

function urlOf(text: (...keys: readonly string[]) => string | undefined, port: number | undefined) {
  const full = text('url.full', 'http.url')
  if (full !== undefined && URL.canParse(full)) return safeUrl(new URL(full))
  const host = text('server.address', 'http.host', 'net.host.name')
  const path = text('url.path', 'http.target')
  if (host === undefined || path === undefined || !HOST.test(host)) return undefined
  const name = !host.startsWith('[') && host.split(':').length > 2 ? `[${host}]` : host
  const scheme = text('url.scheme', 'http.scheme') === 'https' ? 'https' : 'http'
  const base = `${scheme}://${name}${port === undefined ? '' : `:${port}`}`
  const query = text('url.query')
  const whole = `${base}${path.startsWith('/') ? '' : '/'}${path}${query === undefined ? '' : `?${query}`}`
  return URL.canParse(whole) ? safeUrl(new URL(whole)) : undefined
}

/** No secret, nothing that a shell could read as more than text between single quotes, and no pattern of curl's. */
function safeUrl(url: URL): string | undefined {
  if (!/^https?:$/.test(url.protocol) || !HOST.test(url.host)) return undefined
  url.username = ''
  url.password = ''
  url.hash = ''
  for (const name of new Set(url.searchParams.keys())) {
    if (SECRET.test(name)) url.searchParams.set(name, 'REDACTED')
  }
  const rest = url.href
    .slice(url.origin.length)
    .replace(/[^\w.~:/?@!$&()*+,;=%-]/g, (character) =>
      character === "'" ? '%27' : encodeURIComponent(character),
    )
  return `${url.origin}${rest}`
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}
