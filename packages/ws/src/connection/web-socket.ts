/** What is used of ws's server-side `WebSocket`, by shape. */
export interface WebSocketLike {
  readonly readyState: number
  readonly emit: (event: string | symbol, ...args: unknown[]) => boolean
  readonly send: (data: unknown, options?: unknown, callback?: unknown) => void
}

/** `readyState` of a socket that sends. */
export const OPEN = 1

export function isWebSocket(value: unknown): value is WebSocketLike {
  const socket = value as Partial<WebSocketLike> | null | undefined
  return typeof socket?.emit === 'function' && typeof socket.send === 'function'
}
