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
      ...expectSame(
        `the results on the socket of draft ${draftId}`,
        got.map(({ requestId }) => requestId).toSorted(),
        asked.map(({ requestId }) => requestId).toSorted(),
      ),
      ...sends.flatMap((line) => expectSame('ws.conn_id of ws_send', line.fields['ws.conn_id'], connId)),
    ]
  })
  return {
    title: 'Each socket gets its results',
    seen: `${1 + crowd.length} results under the request.id that asked; ws_send names the socket`,
    problems,
  }
}
