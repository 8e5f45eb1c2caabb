import { connect } from 'node:net'
import { listenForCommands, report } from '../variant.mjs'
import { http } from './http.mjs'
import { ws } from './ws.mjs'

/**
 * Load on a server from a process of its own: so many connections, each with its next request as soon as it has its
 * answer. Plain sockets: a client with a parser would need more of the machine than the server does.
 */
const port = Number(process.env.BENCH_PORT)
const AT_ONCE = Number(process.env.BENCH_AT_ONCE ?? 64)
const protocol = { http, ws }[process.env.BENCH_LOAD]
const connections = []

listenForCommands(async (command) => {
  if (command === 'end') process.exit(0)
  try {
    report(await run(Number(command)))
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
})

/** Connections stay open from one run to the next. */
async function run(requests) {
  const missing = Math.min(AT_ONCE, requests) - connections.length
  connections.push(...(await Promise.all(Array.from({ length: Math.max(missing, 0) }, open))))
  const work = { left: requests, failed: 0 }
  await Promise.all(connections.map((exchange) => askRepeatedly(exchange, work)))
  return { requests, failed: work.failed }
}

async function askRepeatedly(exchange, work) {
  while (work.left > 0) {
    work.left--
    const { ok } = await exchange(protocol.request, protocol.readAnswer)
    if (!ok) work.failed++
  }
}

/** A connection: a function that sends something and settles with what `readAnswer` makes of the answer. */
async function open() {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
  let unread = ''
  let pending
  socket.on('error', (error) => pending?.reject(error))
  socket.on('close', () => pending?.reject(new Error('the server closed the connection')))
  socket.on('data', (text) => {
    unread += text
    const answer = pending.readAnswer(unread)
    if (answer === undefined) return
    unread = ''
    pending.resolve(answer)
  })
  const exchange = (request, readAnswer) =>
    new Promise((resolve, reject) => {
      pending = { readAnswer, resolve, reject }
      socket.write(request)
    })
  if (protocol.upgrade !== undefined) {
    const { ok } = await exchange(protocol.upgrade, (text) => http.readAnswer(text, 101))
    if (!ok) throw new Error('no upgrade')
  }
  return exchange
}
