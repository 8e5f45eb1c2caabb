/** Characters of a name that a row has room for. */
const MOST = 32

/**
 * A name whose path is cut at its beginning: its end says more.
 *
 * @example
 * shortName('POST /api/tournaments/{tournamentId}/drafts/{draftId}/picks') // 'POST …/drafts/{draftId}/picks'
 */
export function shortName(name: string): string {
  const [, method, path] = /^([A-Z]+ )(\/\S+)$/.exec(name) ?? []
  if (name.length <= MOST || method === undefined || path === undefined) return name
  const segments = path.split('/')
  const kept = segments.splice(-1)
  const room = MOST - method.length - '…/'.length
  while (segments.length > 1 && [segments.at(-1), ...kept].join('/').length <= room) {
    kept.unshift(segments.pop() ?? '')
  }
  return `${method}…/${kept.join('/')}`
}
