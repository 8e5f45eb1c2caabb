import { randomUUID } from 'node:crypto'
import { context, pinoWithMixin } from '../../src/pino-mixin.mjs'
import { serveEcho } from '../../src/sockets.mjs'

const log = pinoWithMixin()

/** By hand: a context for each connection, entered again for each of its messages. */
serveEcho({
  instrument(server) {
    server.on('connection', (socket, { headers }) => {
      socket.fields = { 'request.id': headers['x-request-id'], 'ws.conn_id': randomUUID() }
    })
  },
  handle(answer, socket) {
    context.run(socket.fields, () => {
      log.info({ 'pick.slot': 3 }, 'pick_received')
      answer()
    })
  },
})
