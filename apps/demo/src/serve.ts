import { Captain } from './client/captain.js'
import { demoUsers } from './database/demo-users.js'
import { paint } from './print/paint.js'
import { print } from './print/print.js'
import type { Stage } from './stage/stage.js'

/** Keeps the service up for whoever wants to try it, and shows what it logs. */
export async function serve({ url, log }: Stage): Promise<never> {
  const [user] = demoUsers
  const { socket, picksPath, tournamentId, draftId } = await Captain.arrive(url, user)
  const auth = `-H 'Authorization: Bearer ${user.token}'`
  const pick = (hero: string) =>
    `curl -i ${auth} -H 'X-Request-ID: my-${hero}' -H 'Content-Type: application/json' \\\n` +
    `       -d '{"hero":"${hero}"}' ${url}${picksPath}`
  print(`
${paint.bold('Try it')}: each hero can be picked once; a socket that watches draft ${draftId} gets the results.

  ${pick('rook')}
  ${pick('ember')}
       ${paint.dim('(the job of ember fails once and is retried)')}
  curl -i ${auth} ${url}/api/leagues/3/standings
  curl -i ${auth} ${url}/api/tournaments/${tournamentId}/bracket
       ${paint.dim('(500)')}
  curl -i ${url}/api/users/me
       ${paint.dim('(401)')}

Sockets: ws${url.slice('http'.length)}/ws/tournaments/${tournamentId}/draft/${draftId}, with the same Authorization.
Ctrl-C ends everything.
`)
  const prefix = (name: string) => (process.stdout.isTTY ? `${name.padEnd(6)} ` : '')
  log.onText = (name, text) => print(paint[name](prefix(name)) + text)
  socket.messages.onAdd = (message) => print(paint.good('socket'), JSON.stringify(message))
  return new Promise(() => undefined)
}
