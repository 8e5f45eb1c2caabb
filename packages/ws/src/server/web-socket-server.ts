/** What is used of ws's `WebSocketServer`, by shape: two copies of ws in one process are common. */
export interface WebSocketServerLike {
  handleUpgrade(...args: never[]): void
  readonly clients?: Iterable<unknown>
}

/** Whether it can be instrumented: a Socket.io server, for one, cannot. */
export function isWebSocketServer(value: unknown): value is WebSocketServerLike {
  return typeof (value as Partial<WebSocketServerLike> | null | undefined)?.handleUpgrade === 'function'
}

/** Where ws and where Nest's adapter keep a server's path, Nest's with `{parameters}` under our own adapter. */
interface WithPath {
  readonly path?: unknown
  readonly options?: { readonly path?: unknown } | null
}

/** The one path that a server takes connections on; undefined where it takes any. */
export function routeOf(server: object): string | undefined {
  const { path, options } = server as WithPath
  const route = typeof path === 'string' ? path : options?.path
  return typeof route === 'string' && route.startsWith('/') ? route : undefined
}
