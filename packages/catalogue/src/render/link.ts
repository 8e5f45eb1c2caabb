import { parseLocation } from '../location.js'

const PLACEHOLDER = /\{(\w*)\}/g

/**
 * What is wrong with a template of links, or undefined for one that can be used.
 *
 * @example
 * linkProblem('https://github.com/acme/shop/blob/main/{path}#L{line}', true) // undefined
 */
export function linkProblem(template: string, lines: boolean): string | undefined {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name]) => name)
  const foreign = names.find((name) => name !== 'path' && name !== 'line')
  if (foreign !== undefined) return `{${foreign}} is neither {path} nor {line}`
  if (!names.includes('path')) return 'it has no {path}'
  if (!lines && names.includes('line')) return '{line} is left out by --no-lines'
  return undefined
}

/** The address of a location; undefined for a path outside the project, which no address leads to. */
export function linkTo(location: string, template: string): string | undefined {
  const { path, line } = parseLocation(location)
  if (/^(?:\/|\.\.\/|[A-Za-z]:\/)/.test(path)) return undefined
  const values: Record<string, string> = { path: encodedPath(path), line: String(line) }
  return template
    .replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole)
    .replace(/[\s<>()\\[\]`]/g, percent)
}

function encodedPath(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percent))
    .join('/')
}

function percent(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}
