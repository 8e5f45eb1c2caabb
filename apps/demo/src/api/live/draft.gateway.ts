import { Inject } from '@nestjs/common'
import {
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets'
import { bindContext, type Logger } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { DraftRepository } from '../drafts/draft.repository.js'
import { UserRepository } from '../users/user.repository.js'
import { DraftSockets } from './draft-sockets.js'

/** Close codes of this application (RFC 6455: 4000 to 4999). */
const UNAUTHORISED = 4401
const NO_SUCH_DRAFT = 4404

/** TelemetryWsAdapter serves paths with parameters and opens the connection's context. */
@WebSocketGateway({ path: '/ws/tournaments/{tournamentId}/draft/{draftId}' })
export class DraftGateway implements OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    @Inject(UserRepository) private readonly users: UserRepository,
    @Inject(DraftRepository) private readonly drafts: DraftRepository,
    @Inject(DraftSockets) private readonly sockets: DraftSockets,
    @InjectLogger('draft') private readonly log: Logger<'draft', {}>,
  ) {}

  async handleConnection(socket: WebSocket, request: IncomingMessage): Promise<void> {
    try {
      const user = await this.users.byAuthorization(request.headers.authorization)
      if (user === undefined) return socket.close(UNAUTHORISED)
      // From here on each line of this connection bears the user.
      bindContext({ 'user.id': user.id })
      const [tournamentId = 0, draftId = 0] = (request.url?.match(/\d+/g) ?? []).map(Number)
      await this.drafts.find(draftId, tournamentId)
      this.sockets.add(draftId, socket)
      this.log.info('draft_watched')
      socket.send(JSON.stringify({ event: 'watching', data: { draftId } }))
    } catch (error) {
      this.log.exception('draft_refused', error)
      socket.close(NO_SUCH_DRAFT)
    }
  }

  @SubscribeMessage('suggest_hero')
  suggest(@MessageBody() hero: unknown): { event: string; data: unknown } {
    this.log.info('hero_suggested', { 'hero.name': hero })
    return { event: 'hero_suggested', data: hero }
  }

  handleDisconnect(socket: WebSocket): void {
    this.sockets.remove(socket)
  }
}
