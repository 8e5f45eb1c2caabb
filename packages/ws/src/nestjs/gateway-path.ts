import { match, type Token } from 'path-to-regexp'
import { WsTelemetryError } from '../errors.js'

/** One parameter, in OpenAPI's form. */
const PARAMETER = /\{([^{}/]+)\}/

/** A gateway path with parameters, ready to compare. */
export interface GatewayPath {
  readonly parameters: number
  matches(pathname: string): boolean
}

/**
 * Prepares a path with `{param}` segments; undefined for a literal one, which Nest's adapter compares itself.
 *
 * Case and a trailing slash count, as they do for literal paths.
 *
 * @throws WsTelemetryError where parameters stand side by side
 */
export function compileGatewayPath(path: string): GatewayPath | undefined {
  // Split at a pattern with one group: every second part is a parameter's name.
  const parts = path.split(PARAMETER)
  if (parts.length === 1) return undefined
  const tokens: Token[] = []
  for (const [index, value] of parts.entries()) {
    if (index % 2 === 1) tokens.push({ type: 'param', name: value })
    else if (value !== '') tokens.push({ type: 'text', value })
  }
  try {
    const matcher = match({ tokens, originalPath: path }, { sensitive: true, trailing: false, decode: false })
    return { parameters: parts.length >> 1, matches: (pathname) => matcher(pathname) !== false }
  } catch (cause) {
    throw new WsTelemetryError('THROUGHLINE_WS_GATEWAY_PATH', path, { cause })
  }
}
