import { connect } from 'node:net'
import { listenForCommands, report } from './variant.mjs'

/**
 * Load on a server from a process of its own: so many connections, each with its next request as soon as it has its
 * answer. Plain sockets: a client with a parser would need more of the machine than the server does.
 */
const port = Number(process.env.BENCH_PORT)
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 64)
const REQUEST = Buffer.from(
  'GET /picks/7 HTTP/1.1\r\nhost: 127.0.0.1\r\nx-request-id: bench-0123456789\r\n\r\n',
)

listenForCommands(async (command) => {
  if (command === 'end') process.exit(0)
  try {
    report(await run(Number(command)))
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
})

async function run(requests) {
  const work = { left: requests, failed: 0 }
  await Promise.all(Array.from({ length: Math.min(CONNECTIONS, requests) }, () => connection(work)))
  return { requests, failed: work.failed }
}

function connection(work) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let unread = ''
    const next = () => {
      if (work.left === 0) return socket.end(resolve)
      work.left--
      return socket.write(REQUEST)
    }
    socket.setNoDelay(true).setEncoding('latin1').on('connect', next).on('error', reject)
    socket.on('data', (text) => {
      unread += text
      const head = unread.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(unread)?.[1] ?? Number.NaN)
      if (Number.isNaN(length)) reject(new Error(`no length: ${unread}`))
      if (unread.length < head + 4 + length) return
      if (!unread.startsWith('HTTP/1.1 200')) work.failed++
      unread = ''
      next()
    })
  })
}
