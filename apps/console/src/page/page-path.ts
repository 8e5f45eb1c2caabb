/** Which page a path of this site is. */
export type Page =
  | { readonly name: 'list' | 'events' | 'metrics'; readonly key?: undefined }
  | { readonly name: 'request'; readonly key: string }

const REQUEST = '/r/'

/** An unknown path is the list. */
export function readPage(path: string): Page {
  if (path.startsWith(REQUEST) && path.length > REQUEST.length) {
    return { name: 'request', key: decode(path.slice(REQUEST.length)) }
  }
  if (path === '/events') return { name: 'events' }
  if (path === '/metrics') return { name: 'metrics' }
  return { name: 'list' }
}

export function requestPath(key: string, row?: string): string {
  return `${REQUEST}${encodeURIComponent(key)}${row === undefined ? '' : `?row=${encodeURIComponent(row)}`}`
}

export function listPath(filter: string): string {
  return filter === '' ? '/' : `/?q=${encodeURIComponent(filter)}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
