import { ApiClient, type Reply } from '../client/api-client.js'
import type { Captain } from '../client/captain.js'
import type { LogBook } from '../stage/log-book.js'
import type { ToldPick } from './told.js'

const HEROES = ['rook', 'lantern', 'thistle', 'harrier', 'mole']

/** One pick, until its result is back on the socket and every line of it is written. */
export async function makePick(log: LogBook, pick: ToldPick): Promise<Reply> {
  const { captain, hero, requestId } = pick
  const reply = await captain.pick(hero, requestId)
  if (reply.status !== 202) throw new Error(`${reply.request} was answered with ${reply.status}`)
  await captain.socket.messages.until(`the result of ${requestId} on the socket`, (all) =>
    all.find((message) => message.requestId === requestId),
  )
  await Promise.all(
    ['request_completed', 'job_completed', 'ws_send'].map((event) => lineOf(log, requestId, event)),
  )
  return reply
}

/** Both captains pick all heroes at the same time: ten requests, ten jobs, two sockets. */
export async function makePicksAtOnce(
  log: LogBook,
  captains: readonly Captain[],
): Promise<{ picks: ToldPick[]; replies: Reply[] }> {
  const picks = captains.flatMap((captain) =>
    HEROES.map((hero) => ({ captain, hero, requestId: `${captain.user.name.toLowerCase()}-${hero}` })),
  )
  return { picks, replies: await Promise.all(picks.map((pick) => makePick(log, pick))) }
}

/** One message over the socket, and its answer. */
export async function suggestHero(log: LogBook, { socket, socketRequestId }: Captain): Promise<void> {
  socket.send('suggest_hero', 'ember')
  await socket.messages.until('the answer to suggest_hero', (all) =>
    all.find(({ event }) => event === 'hero_suggested'),
  )
  await lineOf(log, socketRequestId, 'hero_suggested')
}

/** Calls that go wrong, each in its own way. */
export async function misbehave(log: LogBook, { api, tournamentId }: Captain): Promise<Reply[]> {
  const stranger = new ApiClient(api.url)
  const replies = await Promise.all([
    stranger.call('GET', '/api/users/me', { requestId: 'no-token' }),
    api.call('GET', '/api/tournaments/999', { requestId: 'no-such-cup' }),
    api.call('GET', `/api/tournaments/${tournamentId}/bracket`, { requestId: 'no-teams-yet' }),
    // U+009B opens an escape sequence: printed raw, this would colour the operator's terminal.
    api.call('GET', '/api/leagues/3/standings', { requestId: '\u009b31mred' }),
    api.call('GET', '/api/drafts', { requestId: 'x'.repeat(300) }),
  ])
  await Promise.all(
    replies.map(({ requestId, status }) =>
      lineOf(log, requestId, status < 500 ? 'request_completed' : 'request_failed'),
    ),
  )
  return replies
}

function lineOf(log: LogBook, requestId: string | null, event: string) {
  return log.until(`the line ${event} of ${requestId}`, (all) =>
    all.find((line) => line.event === event && line.fields['request.id'] === requestId),
  )
}
