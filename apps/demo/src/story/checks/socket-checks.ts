import { type Told } from '../told.js'
import { type Check, expectSame } from './check.js'

/** Results reach the socket of their draft, with the id of the request that asked for them. */
export function sockets({ log, captains, retried, crowd }: Told): Check {
  const problems = captains.flatMap(({ socket, socketRequestId, draftId }) => {
    const asked = [retried, ...crowd].filter(({ captain }) => captain.draftId === draftId)
    const got = socket.messages.all.filter(({ event }) => event === 'pick_processed')
    const connected = log.ofRequest(socketRequestId).find(({ event }) => event === 'ws_connected')
    const connId = connected?.fields['ws.conn_id']
    const sends = asked.flatMap(({ requestId }) =>
      log.ofRequest(requestId).filter(({ event }) => event === 'ws_send'),
    )
    return [
      ...(connId === undefined ? [`no ws.conn_id on ws_connected of ${socketRequestId}`] : []),
      ...expectSame(`the results on the socket of draft ${draftId}`, idsOf(got), idsOf(asked)),
      ...sends.flatMap((line) => expectSame('ws.conn_id of ws_send', line.fields['ws.conn_id'], connId)),
    ]
  })
  return {
    title: 'Each socket gets its results',
    seen: `${1 + crowd.length} results, request.id of the asker, ws.conn_id of the socket`,
    problems,
  }
}

/** A message runs in the context of its connection, with the user who was found after the connection was made. */
export function message({ log, captains: [captain] }: Told): Check {
  const lines = log.ofRequest(captain?.socketRequestId ?? '')
  const line = lines.find(({ event }) => event === 'hero_suggested')
  const connected = lines.find(({ event }) => event === 'ws_connected')
  return {
    title: 'A message knows its connection',
    seen: "hero_suggested has the socket's ws.conn_id, labels and user.id",
    problems: ['ws.conn_id', 'labels', 'user.id'].flatMap((key) => {
      const expected = key === 'user.id' ? captain?.user.id : connected?.fields[key]
      return expectSame(`${key} of hero_suggested`, line?.fields[key], expected)
    }),
  }
}

/** In one order, whichever they came in. */
function idsOf(all: readonly { requestId?: string }[]): string[] {
  return all.map(({ requestId }) => requestId ?? 'none').toSorted((a, b) => a.localeCompare(b))
}
