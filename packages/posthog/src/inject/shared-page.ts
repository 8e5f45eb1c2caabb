/**
 * Whether a cache may give one visitor's page to another, by its `Cache-Control` and `Expires` (RFC 9111, 3 and 4.2).
 *
 * What a page says of its user must not be in such a page. One that has to be asked for again each time is none.
 */
export function isSharedPage(cacheControl: string, expires: string): boolean {
  const directives = new Map(
    cacheControl.split(',').map((directive) => {
      const [name = '', value] = directive.trim().toLowerCase().split('=', 2)
      return [name, value?.replaceAll('"', '')] as const
    }),
  )
  if (['private', 'no-store', 'no-cache'].some((name) => directives.has(name))) return false
  const age = directives.get('s-maxage') ?? directives.get('max-age')
  if (age === undefined) return directives.has('public') || Date.parse(expires) > Date.now()
  const isServedStale = ['stale-while-revalidate', 'stale-if-error', 'immutable'].some((name) =>
    directives.has(name),
  )
  return Number(age) !== 0 || isServedStale
}
