import { createServer } from 'node:http'
import { countRecords } from './otlp-count.mjs'
import { listenForCommands, report } from './variant.mjs'

/** The collector: answers 200 at once and counts what came, in a process of its own. */
let received = {}

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const signal = request.url.slice(request.url.lastIndexOf('/') + 1)
    const body = Buffer.concat(chunks)
    const sum = (received[signal] ??= { requests: 0, bytes: 0, records: 0 })
    sum.requests++
    sum.bytes += body.length
    if (signal === 'traces' || signal === 'logs') sum.records += countRecords(body)
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => report({ port: server.address().port }))

listenForCommands((command) => {
  if (command === 'end') process.exit(0)
  report(received)
  received = {}
})
