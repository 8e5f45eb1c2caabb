import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Captain } from './client/captain.js'
import { demoUsers } from './database/demo-users.js'
import { paint } from './print/paint.js'
import { print } from './print/print.js'
import type { Stage } from './stage/stage.js'

const STATS = relative(process.cwd(), fileURLToPath(new URL('stats/main.js', import.meta.url)))

/** Keeps the service up for whoever wants to try it, and shows what it logs. */
export async function serve({ url, consoleUrl, log }: Stage): Promise<never> {
  const [user, other] = demoUsers
  const { socket, picksPath, tournamentId, draftId } = await Captain.arrive(url, user)
  const example =
    consoleUrl === undefined ? '' : await showExample(consoleUrl, await Captain.arrive(url, other))
  const auth = `-H 'Authorization: Bearer ${user.token}'`
  const pick = (hero: string) =>
    `curl -i ${auth} -H 'X-Request-ID: my-${hero}' -H 'Content-Type: application/json' \\\n` +
    `       -d '{"hero":"${hero}"}' ${url}${picksPath}`
  print(`${example}
${paint.bold('Try it')}: each hero can be picked once; a socket that watches draft ${draftId} gets the results.

  ${pick('rook')}
  ${pick('ember')}
       ${paint.dim('(the job of ember fails once and is retried)')}
  curl -i ${auth} ${url}/api/leagues/3/standings
  curl -i ${auth} ${url}/api/tournaments/${tournamentId}/bracket
       ${paint.dim('(500)')}
  curl -i ${url}/api/users/me
       ${paint.dim('(401)')}
  node ${STATS} standings --league 3 --url ${url} --token ${user.token}
       ${paint.dim('(a command-line tool; --help says what else)')}

Leaderboard: ${url}/leagues/3/leaderboard, in a browser.
Sockets: ws${url.slice('http'.length)}/ws/tournaments/${tournamentId}/draft/${draftId}, with the same Authorization.
Ctrl-C ends everything.
`)
  const prefix = (name: string) => (process.stdout.isTTY ? `${name.padEnd(6)} ` : '')
  log.onText = (name, text) => print(paint[name](prefix(name)) + text)
  socket.messages.onAdd = (message) => print(paint.good('socket'), JSON.stringify(message))
  return new Promise(() => undefined)
}

/** One request over all hops, to look at; its job fails once. */
async function showExample(consoleUrl: string, captain: Captain): Promise<string> {
  const requestId = 'first-pick'
  await captain.pick('ember', requestId)
  await captain.socket.messages.until(`the result of ${requestId} on the socket`, (all) =>
    all.find((message) => message.requestId === requestId),
  )
  return `
${paint.bold('Look at it')}: a request from HTTP over its job, which failed once, to the socket.

  ${consoleUrl}/r/${requestId}
       ${paint.dim('(complete after a second: processes send every 500 ms, with every request sampled and debug lines)')}
`
}
