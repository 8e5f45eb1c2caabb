import { createServer, request } from 'node:http'

const EVERY_MS = 300

/**
 * One call of `node:http` every 300 ms, to nobody.
 *
 * Whoever exports over HTTP makes them, and once a process has made one, Express itself costs a tenth more: without
 * it, that would be counted as the cost of the spans.
 */
export async function callNowAndThen() {
  const server = createServer((incoming, response) => response.end())
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  const timer = setInterval(() => {
    request({ host: '127.0.0.1', port, agent: false }, (response) => response.resume()).end()
  }, EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      server.close()
    },
  }
}
