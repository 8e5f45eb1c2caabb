import assert from 'node:assert/strict'
import { once } from 'node:events'
import { getContext, initTelemetry } from '@throughline/core'
import { instrumentWebSocketServer } from '@throughline/ws'
import { WebSocket, WebSocketServer } from 'ws'
import { Records } from './records.mjs'

const records = new Records()
initTelemetry({ sinks: [records] })

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
instrumentWebSocketServer(server)
server.on('connection', (socket) => {
  socket.on('message', () => socket.send(JSON.stringify(getContext())))
})
await once(server, 'listening')

const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`, {
  headers: { 'x-request-id': 'smoke-1' },
})
await once(client, 'open')
client.send('pick')
const seen = JSON.parse(String((await once(client, 'message'))[0]))
client.close(1000)

assert.equal(seen['request.id'], 'smoke-1')
const connected = await records.first('ws_connected')
const disconnected = await records.first('ws_disconnected')
assert.match(seen['ws.conn_id'], /^[0-9a-f-]{36}$/)
assert.equal(connected.context['ws.conn_id'], seen['ws.conn_id'])
assert.equal(disconnected.attributes['ws.close_code'], 1000)
server.close()
