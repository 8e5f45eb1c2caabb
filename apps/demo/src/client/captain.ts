import { demoUsers } from '../database/demo-users.js'
import { ApiClient, type Reply } from './api-client.js'
import { DraftSocket } from './draft-socket.js'

export type DemoUser = (typeof demoUsers)[number]

/** A user with a tournament, a draft in it, and a socket that watches the draft. */
export class Captain {
  private constructor(
    readonly user: DemoUser,
    readonly api: ApiClient,
    readonly tournamentId: number,
    readonly draftId: number,
    readonly socket: DraftSocket,
    /** The `X-Request-ID` of the socket's upgrade. */
    readonly socketRequestId: string,
  ) {}

  static async arrive(url: string, user: DemoUser): Promise<Captain> {
    const api = new ApiClient(url, user.token)
    const tournamentId = await api.create('/api/tournaments', { name: `${user.name}'s cup` })
    const draftId = await api.create(`/api/tournaments/${tournamentId}/drafts`)
    const socketUrl = `${url.replace(/^http/, 'ws')}/ws/tournaments/${tournamentId}/draft/${draftId}`
    const requestId = `watch-${user.name.toLowerCase()}`
    const socket = await DraftSocket.open(socketUrl, { ...api.headers, 'X-Request-ID': requestId })
    return new Captain(user, api, tournamentId, draftId, socket, requestId)
  }

  get picksPath(): string {
    return `/api/tournaments/${this.tournamentId}/drafts/${this.draftId}/picks`
  }

  pick(hero: string, requestId: string): Promise<Reply> {
    return this.api.call('POST', this.picksPath, { body: { hero }, requestId })
  }
}
