/** A name as path-to-regexp and find-my-way take it, or path-to-regexp's quoted one. */
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*|"((?:\\.|[^"\\])+)"/uy
/** What a nameless wildcard is called: the name that Nest gives it on Express. */
const WILDCARD = 'path'

const templates = new Map<string, string>()
const MOST_TEMPLATES = 10_000

/**
 * The OpenAPI form of a route as Express or Fastify writes it: parameters and wildcards in braces, optional
 * parts as if they were there, constraints and escapes left out (R4.5).
 *
 * @example
 * routeTemplate('/projects/:pk/') // '/projects/{pk}/'
 * routeTemplate('/files/*splat') // '/files/{splat}'
 * routeTemplate('/at/:file(^\\d+).png') // '/at/{file}.png'
 */
export function routeTemplate(route: string): string {
  let template = templates.get(route)
  if (template === undefined) {
    template = convert(route)
    // Routes come from code, so there are few; a bound all the same.
    if (templates.size < MOST_TEMPLATES) templates.set(route, template)
  }
  return template
}

function convert(route: string): string {
  let template = ''
  for (let at = 0; at < route.length; at++) {
    const char = route[at]
    if (char === '\\') template += route[++at] ?? ''
    else if (char === ':' && route[at + 1] === ':') template += route[at++]
    else if (char === ':' || char === '*') {
      const name = nameAt(route, at + 1)
      if (name === undefined && char === ':') {
        template += char
        continue
      }
      template += `{${name?.text ?? WILDCARD}}`
      at = afterConstraint(route, name?.end ?? at + 1) - 1
    } else if (char !== '{' && char !== '}') template += char
  }
  return template
}

function nameAt(route: string, start: number): { text: string; end: number } | undefined {
  NAME.lastIndex = start
  const found = NAME.exec(route)
  if (found === null) return undefined
  return { text: found[1]?.replace(/\\(.)/g, '$1') ?? found[0], end: NAME.lastIndex }
}

/** Fastify's `:id(^\\d+)` and `:id?`: a regular expression in balanced parentheses, an optional parameter. */
function afterConstraint(route: string, start: number): number {
  let at = start
  if (route[at] === '(') {
    let depth = 0
    do {
      if (route[at] === '\\') at++
      else if (route[at] === '(') depth++
      else if (route[at] === ')') depth--
      at++
    } while (depth > 0 && at < route.length)
  }
  return route[at] === '?' ? at + 1 : at
}
