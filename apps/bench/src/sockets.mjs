import { WebSocketServer } from 'ws'
import { serve } from './variant.mjs'

/**
 * A server of plain sockets that sends each message back.
 *
 * @param {{ instrument?: (server: object) => void, handle?: (answer: () => void, socket: object) => void, flush?: () => Promise<void>,
 *   close?: () => Promise<void> }} parts `handle` is around the answer to a message
 */
export function serveEcho({ instrument, handle = (answer) => answer(), flush, close }) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  instrument?.(server)
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => handle(() => socket.send(data, { binary: isBinary }), socket))
  })
  server.on('listening', () =>
    serve(server.address().port, {
      flush,
      async close() {
        server.close()
        await close?.()
      },
    }),
  )
}
