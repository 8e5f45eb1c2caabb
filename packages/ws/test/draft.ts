import { setImmediate as turn } from 'node:timers/promises'
import { bindContext, getLogger, type LabelTable } from '@throughline/core'
import type { WebSocket } from 'ws'
import type { WsOptions } from '../src/options.js'

/** The application that every way in serves: what a gateway or a plain server does with its sockets. */

export const log = getLogger('draft')

export const PATH = '/api/tournaments/5/draft'
export const PATTERN = '/api/tournaments/{tournamentId}/draft'
export const MAX_PAYLOAD = 1_000

export const LABELS: LabelTable = {
  mounts: ['api'],
  rootResources: [],
  resources: [
    { segments: ['tournaments'], id: ['int'] },
    { segments: ['draft'], id: [] },
  ],
}

export const OPTIONS: WsOptions = { labels: LABELS, messageLines: true }

export async function onConnection(socket: WebSocket): Promise<void> {
  log.info('opened')
  await turn()
  log.info('greeted')
  socket.send('hello')
}

export function onDisconnect(): void {
  log.info('left')
}

export const handlers = {
  async pick(hero: unknown): Promise<object> {
    log.info('pick_made', { 'hero.id': hero as number })
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
    log.info('pick_saved')
    return { event: 'picked', data: hero }
  },

  login(user: unknown): object {
    bindContext({ 'user.id': user as number, 'login.method': 'token' })
    log.info('logged_in')
    return { event: 'welcome', data: user }
  },
}

/** The same protocol as Nest's WsAdapter, for servers without Nest. */
export function serve(socket: WebSocket): void {
  void onConnection(socket)
  socket.on('close', onDisconnect)
  socket.on('error', () => {})
  socket.on('message', async (message: Buffer) => {
    const { event, data } = JSON.parse(message.toString()) as { event: keyof typeof handlers; data: unknown }
    socket.send(JSON.stringify(await Promise.resolve(handlers[event](data))))
  })
}
