/** What is used of ws's `WebSocketServer`, by shape: two copies of ws in one process are common. */
export interface WebSocketServerLike {
  handleUpgrade(...args: never[]): void
  readonly clients?: Iterable<unknown>
}

/** Whether it can be instrumented: a Socket.io server, for one, cannot. */
export function isWebSocketServer(value: unknown): value is WebSocketServerLike {
  return typeof (value as Partial<WebSocketServerLike> | null | undefined)?.handleUpgrade === 'function'
}
